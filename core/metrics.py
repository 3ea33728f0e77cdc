"""Numbers for Prometheus: how many answers, how fast. Labels name views, never addresses or people."""

import os
import time
from collections.abc import Callable

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
from prometheus_client.multiprocess import MultiProcessCollector

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
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


class MetricsMiddleware:
    """Counts and times every answer, errors included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = match.view_name if match else "none"
        method = request.method if request.method in METHODS else "other"
        ANSWERS.labels(view, method, response.status_code).inc()
        SECONDS.labels(view).observe(time.perf_counter() - start)
        return response


def exposition() -> tuple[bytes, str]:
    """All numbers of this machine's web processes, and the media type they are written in."""
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return generate_latest(registry), CONTENT_TYPE_LATEST
