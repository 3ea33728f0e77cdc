"""Pages of visitors are read from a replica of the database, where there is one and it keeps up.

While such a page is made, all that it reads comes from the replica (`core/database.py`). Who is signed in, or
has just sent something, reads the primary. What the replica cannot answer (it is gone, it lags, the row is
too new, something is to be written) is asked of the primary again; nobody notices.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import psycopg
import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse

from core.database import REPLICA, on_replica, reads_replica
from core.errors import is_database_away, is_statement_too_long
from core.metrics import REPLICA_LAG, VISITORS

log = structlog.get_logger(__name__)

MOST_LAG = 5  # seconds
LOOK_SECONDS = 1
# Set for a visitor who has sent something: from then on the primary answers, until the replica has it too.
COOKIE, COOKIE_SECONDS = "sent", 2 * MOST_LAG


class Watch:
    """How far the replica is behind, looked at each second by a thread of each web process.

    Both servers are asked for their place in the log of changes. The lag is the time since the primary was
    where the replica is now: right on a quiet night, with replay paused, and with clocks that differ.
    """

    def __init__(self) -> None:
        self._places: deque[tuple[float, int]] = deque(maxlen=4 * MOST_LAG)
        self._lines: dict[str, Any] = {}
        self._seen = -float(MOST_LAG)  # when the primary was where the replica was, at the last look
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.ended = threading.Event()

    def is_good(self) -> bool:
        """Whether the replica may be asked. Waits for nothing: before the first look it may not."""
        if self._thread is None:
            self._begin()
        return self.lag() <= MOST_LAG

    def lag(self) -> float:
        """In seconds. It grows while no look succeeds."""
        return time.monotonic() - self._seen

    def put_off(self) -> None:
        """The replica has failed: it is asked again once a look has succeeded."""
        self._seen = -float("inf")

    def look(self) -> None:
        at = time.monotonic()
        try:
            self._places.append((at, self._place(DEFAULT_DB_ALIAS, "pg_current_wal_lsn()")))
        except psycopg.OperationalError:
            # Nobody can write: what the replica has is the newest that there is.
            self._place(REPLICA, "pg_last_wal_replay_lsn()")
            self._seen = at
            return
        replayed = self._place(REPLICA, "pg_last_wal_replay_lsn()")
        self._seen = max((when for when, place in self._places if place <= replayed), default=-float("inf"))

    def _place(self, alias: str, function: str) -> int:
        """How many bytes of changes there have been."""
        try:
            if alias not in self._lines:
                # Not from the pool, which requests may have emptied.
                params = {"connect_timeout": 2} | connections[alias].get_connection_params()
                self._lines[alias] = psycopg.connect(**params | {"autocommit": True})
            row = self._lines[alias].execute(f"SELECT {function} - '0/0'::pg_lsn").fetchone()
            return int(row[0])
        except psycopg.Error:
            if line := self._lines.pop(alias, None):
                line.close()
            raise

    def _begin(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="replica", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        was_good = True
        while not self.ended.is_set():
            fault = ""
            try:
                self.look()
            except (psycopg.Error, TypeError) as error:  # a server that replays nothing has no place to tell
                fault = str(error)
            lag = self.lag()
            REPLICA_LAG.set(lag)
            if (lag <= MOST_LAG) != was_good:
                was_good = not was_good
                log.warning("replica_again" if was_good else "replica_left", lag=lag, fault=fault)
            self.ended.wait(LOOK_SECONDS)


watch = Watch()


class ReplicaMiddleware:
    """Before everything that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if REPLICA not in connections.settings:
            return self.get_response(request)
        is_read = request.method in ("GET", "HEAD")
        if is_read and _is_of_visitor(request) and watch.is_good():
            with on_replica():
                response = self.get_response(request)
            if not (getattr(request, "asks_primary", False) or _may_be_too_new(request, response)):
                VISITORS.labels(REPLICA).inc()
                return response
            VISITORS.labels("again").inc()
            return self.get_response(request)
        VISITORS.labels("primary").inc()
        response = self.get_response(request)
        if not is_read:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(
                COOKIE, "1", max_age=COOKIE_SECONDS, httponly=True, secure=secure, samesite="Lax"
            )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a view could not get of the replica; what is wrong with the view itself comes again."""
        if not reads_replica() or not isinstance(exception, Error) or is_statement_too_long(exception):
            return None
        if is_database_away(exception):
            watch.put_off()
        log.info("replica_passed_over", error=str(exception))
        request.asks_primary = True  # type: ignore[attr-defined]
        return HttpResponse(status=503)


def _is_of_visitor(request: HttpRequest) -> bool:
    names = (settings.SESSION_COOKIE_NAME, COOKIE)
    return "Authorization" not in request.headers and not any(name in request.COOKIES for name in names)


def _may_be_too_new(request: HttpRequest, response: HttpResponse) -> bool:
    """A page that is not there, at an address that some view answers: a link may be quicker than the copy."""
    return response.status_code == 404 and request.resolver_match is not None
