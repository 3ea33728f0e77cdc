"""Where the desk begins: its events by state, and what waits at each."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from accounts.people.decorators import page_view
from accounts.people.requests import SignedIn
from events.events.queries import STATES, desk_counts, desk_list
from events.events.views_desk import must_run_events
from events.work.queries import waiting_at_events

PER_PAGE = 25


@page_view()
def desk_home(request: SignedIn) -> HttpResponse:
    """The events by state, with how many there are in each."""
    must_run_events(request)
    numbers = desk_counts(request.user)
    state = request.GET.get("state", "")
    if state not in STATES:
        state = next((name for name in ("waiting", "coming", "draft", "past") if numbers[name]), "coming")
    page = Paginator(desk_list(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    states = [(name, label, numbers[name]) for name, label in STATES.items()]
    context = {"state": state, "states": states, "page": page, "waiting_at": waiting_at_events(request.user)}
    return render(request, "events/work/desk_home.html", context)
