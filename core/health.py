"""Three plain addresses for machines: is the process alive, may it be sent visitors, and its numbers."""

import dataclasses
import secrets
from inspect import iscoroutinefunction

import structlog
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from health_check import Cache, Database
from health_check.base import HealthCheck
from health_check.exceptions import HealthCheckException, ServiceUnavailable

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


@dataclasses.dataclass
class Migrations(HealthCheck):
    """The tables are those that this code expects. Once that was true, this process need not ask again."""

    alias: str = DEFAULT_DB_ALIAS
    seen_current = False  # of the class: no field

    def run(self) -> None:
        if Migrations.seen_current:
            return
        try:
            executor = MigrationExecutor(connections[self.alias])
            waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError as error:
            raise ServiceUnavailable("the applied migrations cannot be read") from error
        if waiting:
            raise ServiceUnavailable(f"{len(waiting)} migrations are not applied")
        Migrations.seen_current = True


def passes(check: HealthCheck) -> bool:
    try:
        if iscoroutinefunction(check.run):
            async_to_sync(check.run)()
        else:
            check.run()
    except (HealthCheckException, DatabaseError) as fault:
        log.warning("not_ready", check=type(check).__name__, error=str(fault))
        return False
    return True


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
    found = probes.ask_all(
        {
            "database": probes.database_answers(),
            "cache": lambda: passes(Cache()),
            "queue": probes.queues,
            "disk": probes.media_disk,
        }
    )
    queues, disk = found["queue"], found["disk"]
    well: dict[str, bool | None] = {
        "database": bool(found["database"]) and passes(Database()),
        "migrations": None,
        "cache": bool(found["cache"]),
        "queue": queues is not None,
        "queue_age": None if queues is None else all(one.oldest < QUEUE_LATE for one in queues.states),
        "beat": None,
        "jobs": None,
        "disk": None if disk is None else disk.free > LEAST_FREE,
    }
    if well["database"]:
        well["migrations"] = passes(Migrations())
    ready = bool(well["database"] and well["migrations"])
    if ready and not maintenance():  # in which workers wait, and nothing is to be told of it
        well["beat"] = (seconds_without_job() or 0) < BEAT_LATE
        well["jobs"] = jobs_run()
    status = "not ready" if not ready else "degraded" if False in well.values() else "ready"
    said = {name: WORDS[fine] for name, fine in well.items()}
    return JsonResponse({"status": status, **said}, status=200 if ready else 503)


@require_safe
@login_not_required
@never_cache
@on_primary()
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, who sends METRICS_TOKEN as its bearer token; without one, only in development."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        if not secrets.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
            raise Http404
    elif not settings.DEV_PAGES:
        raise Http404
    content, media_type = exposition(state_now())
    return HttpResponse(content, content_type=media_type)
