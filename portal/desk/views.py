"""The desk's home."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.desk import queries_figures
from portal.desk.queries import desk_groups
from portal.home import queries as home_queries


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.is_desk:
        raise Http404
    version = home_queries.directory_version()
    counted = home_queries.numbers(version)
    context = {
        "groups": desk_groups(user),
        "due": queries_figures.due_next(user),
        "week": queries_figures.this_week(),
        "late_jobs": queries_figures.late_jobs(user),
        "growth": queries_figures.growth(version),
        "coverage": queries_figures.coverage(counted),
        "numbers": counted,
    }
    return render(request, "portal/desk/desk.html", context)
