"""Three plain addresses for machines: is the process alive, may it be sent visitors, and its numbers."""

import secrets

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import probes
from core.database import on_primary
from core.gauges import state_now
from core.hooks import Hook
from core.maintenance import maintenance
from core.metrics import exposition

log = structlog.get_logger(__name__)

# Whether every scheduled job runs. Asked where the database answers; never keeps visitors away.
jobs_run: Hook[[], bool] = Hook("core.health.jobs_run")
# For how many seconds no job has begun, which needs clock, queue and worker. None: not yet known.
seconds_without_job: Hook[[], float | None] = Hook("core.health.seconds_without_job")

QUEUE_LATE = 900  # seconds that the first of a queue waits
BEAT_LATE = 300  # a job begins every fifteen seconds
LEAST_FREE = 500_000_000  # bytes for uploads


WORDS = {True: "ok", False: "failing", None: "not asked"}
_has_current_tables = False


def pool_answers() -> bool:
    """Return whether the pool has a connection, by which the database answers."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as fault:
        log.warning("not_ready", part="database", error=str(fault))
        return False
    return True


def tables_are_current() -> bool:
    """Return whether all migrations of this code are applied. Once they were, it is not asked again."""
    global _has_current_tables  # noqa: PLW0603  one answer for the process
    if not _has_current_tables:
        try:
            executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
            waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError as fault:
            log.warning("not_ready", part="migrations", error=str(fault))
            return False
        if waiting:
            log.warning("not_ready", part="migrations", error=f"{len(waiting)} migrations are not applied")
        _has_current_tables = not waiting
    return _has_current_tables


@require_safe
@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers at all; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
@never_cache
@on_primary()
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when visitors may be sent here, 503 when not; says which part fails, never why.

    Only the database and its tables decide. Without the cache the portal still serves every page, only
    slower: "degraded", and still 200. Otherwise a lost Redis would take all web processes out of the load
    balancer at once. So is whatever else fails: mail waits, uploads are refused. A part that hangs fails
    after a second; what was not asked, because the database is away, says so.
    """
    answers = probes.ask_all(
        {
            "database": probes.database_answers(),
            "cache": probes.cache_answers,
            "queue": probes.queues,
            "disk": probes.media_disk,
        }
    )
    queues, disk = answers["queue"], answers["disk"]
    fine: dict[str, bool | None] = {
        "database": bool(answers["database"]) and pool_answers(),
        "migrations": None,
        "cache": bool(answers["cache"]),
        "queue": queues is not None,
        "queue_age": None if queues is None else all(state.oldest < QUEUE_LATE for state in queues.states),
        "beat": None,
        "jobs": None,
        "disk": None if disk is None else disk.free > LEAST_FREE,
    }
    if fine["database"]:
        fine["migrations"] = tables_are_current()
    ready = bool(fine["database"] and fine["migrations"])
    if ready and not maintenance():  # in which workers wait, and nothing is to be told of it
        fine["beat"] = (seconds_without_job() or 0) < BEAT_LATE
        fine["jobs"] = jobs_run()
    status = "not ready" if not ready else "degraded" if False in fine.values() else "ready"
    parts = {name: WORDS[answer] for name, answer in fine.items()}
    return JsonResponse({"status": status, **parts}, status=200 if ready else 503)


@require_safe
@login_not_required
@never_cache
@on_primary()
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, who sends METRICS_TOKEN as its bearer token; without one, only in development."""
    if settings.METRICS_TOKEN:
        authorization = request.headers.get("Authorization", "")
        if not secrets.compare_digest(authorization.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
            raise Http404
    elif not settings.DEV_PAGES:
        raise Http404
    content, media_type = exposition(state_now())
    return HttpResponse(content, content_type=media_type)
