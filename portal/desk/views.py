"""The desk's home."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.people.decorators import page_view
from accounts.people.requests import SignedIn
from portal.desk import queries_figures
from portal.desk.queries import desk_groups
from portal.home import queries as home_queries


@page_view()
def desk(request: SignedIn) -> HttpResponse:
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
