"""gunicorn's threads, for whole requests alone, with an end to waiting for one.

Many threads that only wait (receivers) take in head and body, so that no slow sender holds one of the few
that make pages. A request that found none of these for too long is refused by its receiver, and so is a body
that comes too slowly: core.middleware.BusyMiddleware makes the page. What monitors ask is answered aside.
"""

import errno
import socket
import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from io import BytesIO
from tempfile import SpooledTemporaryFile
from threading import Semaphore
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.errors import NoMoreData
from gunicorn.workers import gthread

LONGEST_WAIT = 8  # seconds, for one of the threads that make pages
RECEIVERS = 64  # of each process; at most half of them wait for bodies that take longer than a second
SLOW_AFTER = 1
HEAD_SECONDS = 10
# Of a body: so many bytes come within so many seconds, again and again, and it ends in any case.
PACE_BYTES, PACE_SECONDS, BODY_SECONDS = 40_000, 20, 900
SEND_SECONDS = 60  # without an end, who reads no answer would hold its thread for as long
STOP_SECONDS = 15  # for what is still coming when the process has to end; gunicorn waits 25
LARGEST = 28_000_000  # bytes of a body; the proxy lets 27 MB pass
IN_MEMORY = 1_000_000  # bytes of a body, the rest lies in a temporary file
# Who is refused before the end of their body still sees the page: so much of it is read, and thrown away,
# until nothing comes for a second.
DRAIN_SECONDS, DRAIN_BYTES = 10, 64_000_000
REFUSED = "X-REFUSED-BY-SERVER"  # busy, slow or large, and after how many seconds; nobody else can say it
MONITORS = ("/healthz", "/readyz", "/metrics")


class Arrival:
    """A socket as gunicorn's parser reads it.

    It ends early (b"") where its sender takes too long; `refusal` says why.
    """

    def __init__(self, worker: "ThreadWorker", sock: Any) -> None:
        self.worker = worker
        self.sock = sock

    def expect(self, *, body: bool = False) -> None:
        """Count anew: a head is coming, or a body."""
        self.is_body = body
        self.began_at = self.paced_at = time.monotonic()
        self.size = 0  # since `paced_at`
        self.stops_at = float("inf")
        self.has_place = False
        self.refusal = ""

    def recv(self, size: int) -> bytes:
        while not self.refusal:
            self.refusal = self.look()
            # A second at most: by then the body may count as slow, or the process may have to end.
            self.sock.settimeout(min(max(self.ends_at() - time.monotonic(), 0.001), 1))
            with suppress(TimeoutError):
                data: bytes = b"" if self.refusal else self.sock.recv(size)
                self.size += len(data)
                if self.size >= PACE_BYTES:
                    self.paced_at, self.size = time.monotonic(), 0
                self.sock.settimeout(None)
                return data
        return b""

    def look(self) -> str:
        """Return why no more is waited for, or nothing."""
        now = time.monotonic()
        if not self.worker.alive:
            self.stops_at = min(self.stops_at, now + STOP_SECONDS)
        if now >= self.ends_at():
            return "slow"
        if self.is_body and not self.has_place and now >= self.began_at + SLOW_AFTER:
            self.has_place = self.worker.slow_bodies.acquire(blocking=False)
            return "" if self.has_place else "busy"
        return ""

    def ends_at(self) -> float:
        if not self.is_body:
            return min(self.stops_at, self.began_at + HEAD_SECONDS)
        return min(self.stops_at, self.paced_at + PACE_SECONDS, self.began_at + BODY_SECONDS)

    def give_back_place(self) -> None:
        if self.has_place:
            self.has_place = False
            self.worker.slow_bodies.release()

    def close(self) -> None:
        """End the connection when its sender is done: one that is cut before loses its answer."""
        ends_at, left = time.monotonic() + DRAIN_SECONDS, DRAIN_BYTES
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_WR)
            self.sock.settimeout(1)
            while left > 0 and time.monotonic() < ends_at and (data := self.sock.recv(64 * 1024)):
                left -= len(data)
        self.sock.close()


class ThreadWorker(gthread.ThreadWorker):
    def init_process(self) -> None:
        self.page_threads = ThreadPoolExecutor(self.cfg.threads, "pages")
        self.aside = ThreadPoolExecutor(2, "aside")  # monitors, and the pages of what is refused
        self.slow_bodies = Semaphore(RECEIVERS // 2)
        super().init_process()

    def get_thread_pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(RECEIVERS, "receiver")

    def enqueue_req(self, conn: Any) -> None:
        conn.queued_at = time.monotonic()
        if conn.parser is None:
            conn.arrival = Arrival(self, conn.sock)
            conn.parser = get_parser(self.cfg, conn.arrival, conn.client)
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        conn.waited = time.monotonic() - conn.queued_at
        conn.arrival.expect()
        keeps = super().handle(conn)
        if keeps is False:
            conn.arrival.close()  # here: gunicorn would wait in the loop that accepts
        return keeps

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Called in a receiver, once the head is there."""
        req.headers = [(name, value) for name, value in req.headers if name != REFUSED]
        with SpooledTemporaryFile(IN_MEMORY) as body:
            refusal = self.receive(req, conn, body)
            conn.sock.settimeout(SEND_SECONDS)
            if refusal:
                req.force_close()  # nobody knows where a next request would begin
                return self.refuse(req, conn, refusal)
            body.seek(0)
            req.body = body
            try:
                if req.path in MONITORS:
                    return self.aside.submit(super().handle_request, req, conn).result()
                answer = self.page_threads.submit(super().handle_request, req, conn)
                wait([answer], max(LONGEST_WAIT - conn.waited, 0.1))
                return self.refuse(req, conn, "busy") if answer.cancel() else answer.result()
            finally:
                req.body = BytesIO()  # what gunicorn reads to its end before the next request

    def receive(self, req: Any, conn: Any, body: Any) -> str:
        """Read what is sent into `body`. Return why not all of it, or nothing."""
        headers = dict(req.headers)
        length = int(headers.get("CONTENT-LENGTH", 0))
        if not length and "TRANSFER-ENCODING" not in headers:
            return ""
        if length > LARGEST:
            return "large"
        if headers.get("EXPECT", "").lower() == "100-continue" and req.version >= (1, 1):
            # gunicorn says it once more as the page begins, which clients have to bear.
            conn.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        conn.arrival.expect(body=True)
        try:
            while body.tell() <= LARGEST and (data := req.body.read(64 * 1024)):
                body.write(data)
        except OSError as fault:
            if fault.errno == errno.ENOSPC:
                return "busy"
            if not conn.arrival.refusal:
                raise
        finally:
            conn.arrival.give_back_place()
        if body.tell() > LARGEST:
            return "large"
        refusal: str = conn.arrival.refusal
        if body.tell() < length and not refusal:
            raise NoMoreData  # the sender has gone: half a form is never acted on
        return refusal

    def refuse(self, req: Any, conn: Any, refusal: str) -> Any:
        req.headers.append((REFUSED, f"{refusal} {time.monotonic() - conn.queued_at:.1f}"))
        req.body = BytesIO()
        return self.aside.submit(super().handle_request, req, conn).result()
