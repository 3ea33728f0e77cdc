"""A stakeholder's own events, and what the pages on which something is done with an event share."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.text import whole
from core.views import refusal_as_warning
from events.events import actions
from events.events.enums import EventStatus
from events.events.forms import OwnEventForm
from events.events.models import Event
from events.events.queries import own_events
from stakeholders.entries.queries import written_for_by
from workflow.items.queries import holding_on, labelled_requests
from workflow.moves.queries import decisions_on, moves_open_to


def version_of(request: HttpRequest, event: Event) -> int:
    """Return the version from which the form was made; one that cannot be read matches no version."""
    text = request.POST.get("version", "") if request.method == "POST" else str(event.version)
    return whole(text, -1)


def words_about(request: HttpRequest, event: Event, *, desk: bool) -> dict[str, Any]:
    """Return what the page of every act on an event says about it."""
    back = reverse("eventdesk:event" if desk else "events:own", args=[event.pk])
    above = [("portal:desk", _("Desk")), ("eventdesk:home", _("Events at the desk"))]
    return {
        "template": "events/events/act.html",
        "title_name": event.title,
        "steps": [*(above if desk else [("events:own_list", _("Our events"))]), (back, event.title)],
        "event": event,
        "version": version_of(request, event),
        "back": back,
        "back_text": _("Back without doing it"),
    }


def the_event(request: HttpRequest, pk: int, permission: str, *, desk: bool) -> Event:
    """Return the event where the person may do this with it; 404 otherwise."""
    event = visible_event(request, pk)
    if desk and not request.user.has_perm("events.run_events"):
        raise Http404
    if not desk and event.organizer_id is None:
        raise Http404
    if not request.user.has_perm(permission, event):
        raise Http404
    return event


def visible_event(request: HttpRequest, pk: int) -> Event:
    rows = Event.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("body", "organizer__logo", "country", "part_of", "language"), pk=pk
    )


# --- A stakeholder's own events: written, sent to the desk, mended, withdrawn ------------------------

PER_PAGE = 25


@page_view()
def own_list(request: SignedIn) -> HttpResponse:
    page = Paginator(own_events(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_propose": bool(written_for_by(request.user))}
    return render(request, "events/events/own_list.html", context)


@page_view()
def page(request: SignedIn, pk: int) -> HttpResponse:
    """How it stands, what the desk asks, and what may be done."""
    event = the_event(request, pk, "events.view_event", desk=False)
    user: Any = request.user
    if not user.memberships.filter(stakeholder=event.organizer_id).exists():
        return redirect(event)
    moves = dict(moves_open_to(user, event))
    gaps = actions.gaps_to_submit(event) if "submit" in moves else {}
    context = {
        "event": event,
        "languages": event.languages.in_order(),
        "topics": event.topics.in_order(),
        "may_edit": event.status in EventStatus.WRITTEN and user.has_perm("events.change_event", event),
        "may_move": event.status == EventStatus.PUBLISHED and user.has_perm("events.change_event", event),
        "moves": moves,
        "gaps": gaps,
        "gaps_by_step": [
            {
                "url": reverse("events:own_step", args=[pk, OwnEventForm.step_of(field)]),
                "field": field,
                "text": text,
            }
            for field, text in gaps.items()
        ],
        "questions": labelled_requests(event),
        "holding": holding_on(event) if event.status == EventStatus.SUBMITTED else None,
        "decisions": [
            decision for decision in decisions_on(event) if decision.move in ("return", "refuse", "cancel")
        ],
        "form": Form(),
    }
    return render(request, "events/events/own_event.html", context)


@act_view()
def submit(request: SignedIn, pk: int) -> HttpResponse:
    event = the_event(request, pk, "events.submit_event", desk=False)
    try:
        actions.submit_event(event, actor=request.user)
    except DomainError as refusal:
        messages.warning(request, " ".join([str(refusal), *refusal.fields.values()]))
        return redirect("events:own_edit" if refusal.fields else "events:own", pk)
    messages.success(request, _("The event has been submitted. You are informed of the decision by e-mail."))
    return redirect("events:own", pk)


@act_view()
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    event = the_event(request, pk, "events.withdraw_event", desk=False)
    with refusal_as_warning(request):
        actions.withdraw_event(event, actor=request.user)
        messages.success(request, _("The event is withdrawn."))
    return redirect("events:own", pk)


@act_view()
def discard(request: SignedIn, pk: int) -> HttpResponse:
    event = the_event(request, pk, "events.change_event", desk=False)
    with refusal_as_warning(request):
        actions.discard_event(event, actor=request.user)
        messages.success(request, _("The draft is gone."))
        return redirect("events:own_list")
    return redirect("events:own", pk)
