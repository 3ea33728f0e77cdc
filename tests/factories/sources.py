"""A server on loopback from which sources are fetched.

`with serving(settings) as running:` answers each path with `running.content`, under `running.status`;
`running.request_headers` holds the headers of each request, `running.url` is its address.
"""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def serving(settings: Any) -> Iterator[Any]:
    class Server(http.server.ThreadingHTTPServer):
        content: bytes = b""
        status = 200
        etag = ""
        url = ""
        request_headers: list[Any]

    class Handler(http.server.BaseHTTPRequestHandler):
        server: Server

        def do_GET(self) -> None:
            self.server.request_headers.append(self.headers)
            known = self.server.etag and self.headers["If-None-Match"] == self.server.etag
            self.send_response(304 if known else self.server.status)
            if self.server.etag:
                self.send_header("ETag", self.server.etag)
            self.end_headers()
            if not known:
                self.wfile.write(self.server.content)

        def log_message(self, *args: Any) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as running:
        running.request_headers = []
        settings.SOURCES_MAY_REACH = (f"127.0.0.1:{running.server_port}",)
        running.url = f"http://127.0.0.1:{running.server_port}/list"
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield running
        running.shutdown()
