"""Numbers for Prometheus. Labels name views, queues and jobs, never addresses or people.

What a process counts lies here. What the database, the queue and the disk say is asked anew each time:
`gauges`, filled by core/gauges.py and by apps above.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from core.hooks import Registry

ANSWERS = Counter("whatson_answers", "Answers given", ["view", "method", "status"])
SECONDS = Histogram(
    "whatson_answer_seconds",
    "Time to an answer",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
VISITORS = Counter("whatson_requests_by_database", "Requests by the database that answered", ["database"])
REPLICA_LAG = Gauge(
    "whatson_replica_lag_seconds", "How far the replica is behind", multiprocess_mode="mostrecent"
)
STATEMENTS = Counter("whatson_statements", "Statements asked of the database for answers", ["view"])
STATEMENT_SECONDS = Counter("whatson_statement_seconds", "Time that they took", ["view"])
SLOW_STATEMENTS = Counter("whatson_slow_statements", "Statements longer than SLOW_STATEMENT_SECONDS")
CACHE_ERRORS = Counter("whatson_cache_errors", "Operations that the cache did not do", ["kind"])
for kind in ("away", "full"):
    CACHE_ERRORS.labels(kind)  # 0 from the start: of a number that begins with 1, no increase is seen
NUDGES_LOST = Counter("whatson_nudges_lost", "Tasks that did not reach the queue; a sweep finds their rows")
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


def view_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else "none"


class MetricsMiddleware:
    """Counts and times every answer, errors included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = self.get_response(request)
        view = view_of(request)
        method = request.method if request.method in METHODS else "other"
        ANSWERS.labels(view, method, response.status_code).inc()
        SECONDS.labels(view).observe(time.perf_counter() - start)
        return response


# name → what yields its numbers; called where the database has just answered.
gauges: Registry[Callable[[], Iterable[Metric]]] = Registry("core.metrics.gauges")


class _Now:
    """What is true at this moment, as prometheus_client collects it."""

    def __init__(self, metrics: list[Metric]) -> None:
        self.metrics = metrics

    def collect(self) -> Iterator[Metric]:
        yield from self.metrics


def exposition(now: list[Metric]) -> tuple[bytes, str]:
    """All numbers of this machine's web processes with those of `now`, and their media type."""
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    current = CollectorRegistry()
    current.register(_Now(now))
    return generate_latest(registry) + generate_latest(current), CONTENT_TYPE_LATEST
