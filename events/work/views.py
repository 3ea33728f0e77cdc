"""Where the desk begins: its events by state, what waits at each, and everything about one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from accounts.people.decorators import page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from events.events.forms import DESK_EVENT, languages
from events.events.queries import STATES, desk_counts, desk_list
from events.events.views import the_event
from events.events.views_steps import DeskEventPages
from events.work.queries import parts_at_desk, waiting_at_events
from workflow.items.queries import labelled_requests, open_items
from workflow.moves.queries import decisions_on, moves_open_to

PER_PAGE = 25
# A move → the page on which it is made.
PAGES = {
    "publish": "eventdesk:publish",
    "return": "eventdesk:return",
    "refuse": "eventdesk:refuse",
    "cancel": "eventdesk:cancel",
}


@page_view(permission="events.run_events")
def desk_home(request: SignedIn) -> HttpResponse:
    """The events by state, with how many there are in each."""
    numbers = desk_counts(request.user)
    state = request.GET.get("state", "")
    if state not in STATES:
        state = next((name for name in ("waiting", "coming", "draft", "past") if numbers[name]), "coming")
    page = Paginator(desk_list(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    states = [(name, label, numbers[name]) for name, label in STATES.items()]
    context = {
        "state": state,
        "states": states,
        "page": page,
        "query": {"state": state},
        "waiting_at": waiting_at_events(request.user),
    }
    return render(request, "events/work/desk_home.html", context)


@page_view()
def event_page(request: SignedIn, pk: int) -> HttpResponse:
    """Everything about one event: what it says, how it stands, what may be done."""
    event = the_event(request, pk, "events.view_event", desk=True)
    user: Any = request.user
    may_change = user.has_perm("events.change_event", event)
    open_moves = moves_open_to(user, event)
    # A candidate may name its month alone: what is asked at publishing is said before the press.
    gaps = DESK_EVENT.gaps(event) if "publish" in dict(open_moves) else []
    context = {
        "event": event,
        "languages": event.languages.in_order(),
        "topics": event.topics.in_order(),
        "parts": parts_at_desk(user, event),
        "gaps": gaps,
        "gaps_by_step": DeskEventPages().gaps_by_step(event, gaps),
        "moves": [(PAGES[name], move) for name, move in open_moves if name in PAGES],
        "documents": event.documents.all(),
        "attendance": event.attendance.all(),
        "may_change": may_change,
        "may_edit": may_change and event.status in ("draft", "submitted", "published"),
        "may_move": may_change and event.status == "published",
        "translations": [
            (code, name, bool(event.translations.get(code)))
            for code, name in languages()
            if code != event.language_id
        ],
        "questions": labelled_requests(event),
        "items": open_items(event),
        "decisions": [decision for decision in decisions_on(event) if decision.reason or decision.note],
        "lines": timeline(event, user),
    }
    return render(request, "events/work/desk_event.html", context)
