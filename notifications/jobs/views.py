"""The page about the jobs of the schedule."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications.jobs.queries import statuses


@login_required
@never_cache
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Every periodic job: when it ran, how long, how late it is, what went wrong."""
    if not request.user.has_perm("notifications.view_jobs"):
        raise Http404
    found = statuses()
    context = {"standings": found, "stale": sum(one.is_stale for one in found), "now": now()}
    return render(request, "notifications/jobs/jobs.html", context)
