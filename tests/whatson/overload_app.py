"""What test_overload serves: it holds its thread, or says whether the request had waited too long."""

import time

from whatson import overload

overload.LONGEST_WAIT = 1


def application(environ, start_response):
    if environ["PATH_INFO"] == "/hold":
        time.sleep(3)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ.get("HTTP_X_WAITED_TOO_LONG", "in time").encode()]
