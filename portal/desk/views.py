"""The desk's home with its list of work, and its figures."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.people.decorators import page_view
from accounts.people.requests import SignedIn
from portal.desk import queries_figures
from portal.desk.queries import TABS, Desk
from portal.first_steps.enums import Steps
from portal.first_steps.queries import steps_for
from portal.home import queries as home_queries
from taxonomy.sources.models import AgeRule

PER_PAGE = 10


def _desk(request: SignedIn) -> Desk:
    user: Any = request.user
    if not user.is_desk:
        raise Http404
    return Desk(user, request.get_full_path())


@page_view()
def start(request: SignedIn) -> HttpResponse:
    """Lead people of the desk after their sign-in to the desk where work or first steps wait, else to their
    own page.
    """
    user: Any = request.user
    if not user.is_desk:
        return redirect("portal:me")
    begins_at_desk = Desk(user).has_work or steps_for(user, Steps.ADMINISTRATOR) is not None
    return redirect("portal:desk" if begins_at_desk else "portal:me")


@page_view()
def desk(request: SignedIn) -> HttpResponse:
    """What waits: all of it, or as `show` and `of` (a page of the menu) narrow it."""
    desk = _desk(request)
    shown = request.GET.get("show", "")
    shown = shown if shown in TABS else ""
    card = desk.card(request.GET.get("of", ""))
    work = desk.work_of([card]) if card else desk.work
    page = Paginator(desk.lines(shown, card), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "desk": desk,
        "card": card,
        "shown": shown,
        "tabs": [(name, tab.title, getattr(work, tab.number)) for name, tab in TABS.items()],
        "page": page,
        "lines": [desk.line(item) for item in page],
        "late_jobs": queries_figures.late_jobs(request.user),
        "age_rules": [] if shown or card else AgeRule.objects.visible_to(request.user).due(),
    }
    return render(request, "portal/desk/desk.html", context)


@page_view()
def figures(request: SignedIn) -> HttpResponse:
    desk = _desk(request)
    version = home_queries.directory_version()
    counted = home_queries.numbers(version)
    growth = queries_figures.growth(version)
    months, monthly = queries_figures.by_month(request.user)
    context = {
        "desk": desk,
        "queues": queries_figures.queues(desk),
        "week": queries_figures.this_week(),
        "growth": growth,
        "growth_chart": queries_figures.growth_chart(growth),
        "monthly": monthly,
        "months": [
            (month, [(line.title, line.numbers[at]) for line in monthly]) for at, month in enumerate(months)
        ],
        "coverage": queries_figures.coverage(counted),
        "numbers": counted,
    }
    return render(request, "portal/desk/figures.html", context)
