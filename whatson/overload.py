"""gunicorn's threads, with an end to waiting: a request that found none free for too long is told so at once.

Without it each of a crowd is served in turn, however long ago its sender has gone away.
"""

import time
from typing import Any

from gunicorn.workers import gthread

LONGEST_WAIT = 8  # seconds
WAITED = "X-WAITED-TOO-LONG"  # what core.middleware.BusyMiddleware looks for; nobody else can say it


class ThreadWorker(gthread.ThreadWorker):
    def enqueue_req(self, conn: Any) -> None:
        conn.queued_at = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        conn.waited = time.monotonic() - conn.queued_at
        return super().handle(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        req.headers = [(name, value) for name, value in req.headers if name != WAITED]
        if conn.waited > LONGEST_WAIT:
            req.headers.append((WAITED, "1"))
        return super().handle_request(req, conn)
