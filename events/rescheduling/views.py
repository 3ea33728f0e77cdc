"""Moving an event and cancelling it, which desk and organizer do alike."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.views import act_page
from events.events.actions import terms_of
from events.events.enums import EventStatus
from events.events.forms import COLUMNS, CancelForm, MoveForm, initial_of
from events.events.views import the_event, version_of, words_about
from events.rescheduling import actions
from notifications.follows.queries import number_told
from notifications.happenings.enums import Weight


@form_view()
def move(request: SignedIn, pk: int, *, desk: bool) -> HttpResponse:
    event = the_event(request, pk, "events.change_event", desk=desk)
    back = "eventdesk:event" if desk else "events:own"
    if event.status != EventStatus.PUBLISHED:
        return redirect(back, pk)
    form = MoveForm(request.POST if request.method == "POST" else None, initial=initial_of(event))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, COLUMNS):
            actions.reschedule_event(
                event,
                actor=request.user,
                version=version_of(request, event),
                values=form.values(),
                note=form.cleaned_data["note"],
            )
            messages.success(request, _("The event is moved. Everybody concerned is informed now."))
            return redirect(back, pk)
    return act_page(
        request,
        form,
        heading=_("Move the event"),
        button=_("Move it and inform everybody"),
        lead=_(
            "Change when or where it takes place. Calendars that subscribe to it are updated automatically."
        ),
        reached=number_told(terms_of(event), Weight.STEP),
        **words_about(request, event, desk=desk),
    )


@form_view()
def cancel(request: SignedIn, pk: int, *, desk: bool) -> HttpResponse:
    event = the_event(request, pk, "events.cancel_event", desk=desk)
    back = "eventdesk:event" if desk else "events:own"
    if event.status != EventStatus.PUBLISHED:
        return redirect(back, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, COLUMNS):
            actions.cancel_event(event, actor=request.user, note=form.cleaned_data["note"])
            messages.success(request, _("The event is cancelled. Everybody concerned is informed now."))
            return redirect(back, pk)
    return act_page(
        request,
        form,
        heading=_("Cancel the event"),
        button=_("Cancel the event"),
        style="danger",
        lead=_("It stays on the calendar, marked as cancelled. This cannot be undone."),
        reached=number_told(terms_of(event), Weight.STEP),
        **words_about(request, event, desk=desk),
    )
