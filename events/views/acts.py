"""Acts that desk and organizer do alike: moving a published event, and cancelling it."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.people.models import User
from core.errors import DomainError
from core.forms import blame_by_column
from core.text import whole
from events.actions import events as act
from events.enums import EventStatus
from events.forms.events import COLUMNS, CancelForm, MoveForm, initial_of
from events.models import Event
from events.views.events import seen_event
from notifications.follows.queries import number_told
from notifications.happenings.enums import Weight


def actor_of(request: HttpRequest) -> User:
    """Who acts, on a page that asks to sign in."""
    return cast("User", request.user)


def version_of(request: HttpRequest, event: Event) -> int:
    """The one that the form was made from; one that cannot be read is nobody's."""
    text = request.POST.get("version", "") if request.method == "POST" else str(event.version)
    return whole(text, -1)


def act_page(request: HttpRequest, event: Event, form: Form, desk: bool, **more: Any) -> HttpResponse:
    """The one page on which something is done with an event."""
    context = {
        "event": event,
        "form": form,
        "version": version_of(request, event),
        "back": "eventdesk:event" if desk else "events:own",
        "desk": desk,
        **more,
    }
    return render(request, "events/act.html", context)


def the_event(request: HttpRequest, pk: int, verb: str, *, desk: bool) -> Event:
    """An event with which the person may do this; for anybody else it is not there."""
    event = seen_event(request, pk)
    if desk and not request.user.has_perm("events.run_events"):
        raise Http404
    if not desk and event.organizer_id is None:
        raise Http404
    if not request.user.has_perm(f"events.{verb}_event", event):
        raise Http404
    return event


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int, *, desk: bool) -> HttpResponse:
    event = the_event(request, pk, "change", desk=desk)
    back = "eventdesk:event" if desk else "events:own"
    if event.status != EventStatus.PUBLISHED:
        return redirect(back, pk)
    form = MoveForm(request.POST if request.method == "POST" else None, initial=initial_of(event))
    if request.method == "POST" and form.is_valid():
        try:
            act.reschedule_event(
                event,
                actor=actor_of(request),
                version=version_of(request, event),
                values=form.values(),
                note=form.cleaned_data["note"],
            )
        except DomainError as refusal:
            blame_by_column(form, refusal, COLUMNS)
        else:
            messages.success(request, _("The event is moved. Everybody whom it concerns is told now."))
            return redirect(back, pk)
    return act_page(
        request,
        event,
        form,
        desk,
        heading=_("Move the event"),
        button=_("Move it and tell them"),
        lead=_("Change when or where it is. Calendars that subscribe learn of it by themselves."),
        reached=number_told(act.terms_of(event), Weight.STEP),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int, *, desk: bool) -> HttpResponse:
    event = the_event(request, pk, "cancel", desk=desk)
    back = "eventdesk:event" if desk else "events:own"
    if event.status != EventStatus.PUBLISHED:
        return redirect(back, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act.cancel_event(event, actor=actor_of(request), note=form.cleaned_data["note"])
        except DomainError as refusal:
            blame_by_column(form, refusal, COLUMNS)
        else:
            messages.success(request, _("The event is cancelled. Everybody whom it concerns is told now."))
            return redirect(back, pk)
    return act_page(
        request,
        event,
        form,
        desk,
        heading=_("Cancel the event"),
        button=_("Cancel the event"),
        danger=True,
        lead=_("It stays on the calendar, marked as cancelled. This cannot be undone."),
        reached=number_told(act.terms_of(event), Weight.STEP),
    )
