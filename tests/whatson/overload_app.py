"""What test_overload serves: it holds its thread until a monitor asks, or says how a request was received."""

from threading import Event

from whatson import overload

overload.LONGEST_WAIT = 1
overload.RECEIVERS = 48
overload.HEAD_SECONDS, overload.PACE_SECONDS = 2, 4
held, released = Event(), Event()


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/hold":
        held.set()
        released.wait(30)
    if path == "/readyz":
        held.wait(30)
    if path == "/healthz":
        released.set()
    body = environ["wsgi.input"].read()
    refusal = environ.get("HTTP_X_REFUSED_BY_SERVER", "received").split()[0]
    answer = f"{refusal} {len(body)}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(answer)))])
    return [answer]
