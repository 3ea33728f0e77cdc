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

from core.hooks import Hook
from core.metrics import exposition
from core.replica import on_primary

log = structlog.get_logger(__name__)

# Whether every scheduled job runs. Asked where the database answers; never keeps visitors away.
jobs_run: Hook[[], bool] = Hook("core.health.jobs_run")


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

    Without the cache the portal still serves every page, only slower: "degraded", and still 200. Otherwise a
    lost Redis would take all web processes out of the load balancer at once. So is
    a job that stays away.
    """
    parts = {"database": passes(Database()), "migrations": passes(Migrations()), "cache": passes(Cache())}
    ready = parts["database"] and parts["migrations"]
    if ready:
        parts["jobs"] = jobs_run()
    status = "ready" if all(parts.values()) else "degraded" if ready else "not ready"
    said = {name: "ok" if fine else "failing" for name, fine in parts.items()}
    return JsonResponse({"status": status, **said}, status=200 if ready else 503)


@require_safe
@login_not_required
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, who sends METRICS_TOKEN as its bearer token; without one, only in development."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        if not secrets.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
            raise Http404
    elif not settings.DEV_PAGES:
        raise Http404
    content, media_type = exposition()
    return HttpResponse(content, content_type=media_type)
