"""From the proxy to the database and to tasks: the id of a request stands in all that was done for it.

A page has the id of its request (X-Request-ID), a task that of the request or job that started it. Both stand
in log lines (`request_id`) and, in production, before each statement as a comment, so that `pg_stat_activity`
and the log of PostgreSQL say for what it runs.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import structlog
from celery.signals import before_task_publish, task_postrun, task_prerun
from django.conf import settings
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from core.metrics import SLOW_STATEMENTS

log = structlog.get_logger(__name__)
REQUEST_ID_FORM = re.compile(r"[A-Za-z0-9-]{8,64}")  # what may stand in a comment of a statement
HEADER, SENT_AT = "whatson_request_id", "whatson_sent_at"  # of a message to a worker


@dataclass(slots=True)
class Trace:
    """One request or task: its id, and how many statements it has asked so far, for how many seconds."""

    id: str
    statements: int = 0
    seconds: float = 0.0


current: ContextVar[Trace | None] = ContextVar("trace", default=None)


@contextmanager
def traced(request_id: str, **more: str) -> Iterator[Trace]:
    """All that happens inside belongs to `request_id`; `more` are further names for the log lines."""
    trace = Trace(request_id)
    token = current.set(trace)
    try:
        with structlog.contextvars.bound_contextvars(request_id=request_id, **more):
            yield trace
    finally:
        current.reset(token)


# --- Statements ---------------------------------------------------------------------------------------


@receiver(connection_created, dispatch_uid="core.tracing")
def watch_statements(connection: Any, **_kwargs: Any) -> None:
    if observe not in connection.execute_wrappers:
        connection.execute_wrappers.append(observe)


def observe(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Around each statement: the comment, the count, and a line where it was slow, never with its values."""
    trace = current.get()
    named = f"/* {trace.id} */ {sql}" if trace and settings.TRACE_STATEMENTS and isinstance(sql, str) else sql
    begun = time.perf_counter()
    try:
        return execute(named, params, many, context)
    finally:
        seconds = time.perf_counter() - begun
        if trace:  # not of a command that a person runs
            trace.statements += 1
            trace.seconds += seconds
            if 0 < settings.SLOW_STATEMENT_SECONDS <= seconds:
                SLOW_STATEMENTS.inc()
                # One put together by psycopg.sql has its values in it.
                text = sql[:2000] if isinstance(sql, str) else type(sql).__name__
                log.warning("slow_statement", seconds=round(seconds, 3), statement=text)


# --- Tasks --------------------------------------------------------------------------------------------

_running: dict[str, Any] = {}  # task id → the context that its trace has opened


@before_task_publish.connect(dispatch_uid="core.tracing")
def hand_on(headers: Any = None, **_kwargs: Any) -> None:
    if headers is not None:
        trace = current.get()
        headers |= {HEADER: trace.id if trace else headers.get("id", ""), SENT_AT: time.time()}


@task_prerun.connect(dispatch_uid="core.tracing")
def take_over(task_id: str = "", task: Any = None, **_kwargs: Any) -> None:
    request_id = getattr(task.request, HEADER, None) or task_id
    _running[task_id] = traced(request_id, task_id=task_id, task=task.name)
    _running[task_id].__enter__()


@task_postrun.connect(dispatch_uid="core.tracing")
def let_go(task_id: str = "", **_kwargs: Any) -> None:
    if context := _running.pop(task_id, None):
        context.__exit__(None, None, None)
