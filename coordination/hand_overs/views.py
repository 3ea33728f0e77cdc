"""The hand-over in three steps, and what the successor is given."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from coordination.absences.queries import held_work, places_of_term
from coordination.absences.views import the_appointment
from coordination.hand_overs import actions
from coordination.hand_overs.forms import WhatForm, WhoForm
from coordination.hand_overs.models import HandOver, TermNote
from coordination.hand_overs.queries import goes_along, introduced_from
from core.errors import DomainError
from core.forms import blame
from core.text import whole
from stakeholders.appointments.models import Appointment

STEPS = ("who", "what", "check")


@form_view()
def hand_over(request: SignedIn, pk: int, step: str = "") -> HttpResponse:
    """The wizard: who comes next, what goes along, and a look at all of it before it is done."""
    user: Any = request.user
    appointment = the_appointment(request, pk)
    if not user.has_perm("coordination.hand_over"):
        raise Http404
    found = (
        HandOver.objects.visible_to(user).filter(appointment=appointment).select_related("successor").first()
    )
    if found is not None and found.done_at:
        return render(request, "coordination/hand_overs/done.html", _shown(appointment, found))
    if appointment.is_over:
        raise Http404
    step = step or ("check" if found else "who")
    if step not in STEPS:
        raise Http404
    if found is None and step != "who":
        return redirect("appointing:hand_over", pk)
    form = _form(request, appointment, found, step)
    if request.method == "POST" and (form is None or form.is_valid()):
        following = _taken(request, appointment, found, step, form)
        if following is not None:
            return following
    context = {**_shown(appointment, found), "form": form, "step": step, "steps": STEPS}
    context["number"] = STEPS.index(step) + 1
    if step != "who":
        context |= _along(appointment)
    return render(request, "coordination/hand_overs/hand_over.html", context)


def _shown(appointment: Appointment, found: HandOver | None) -> dict[str, Any]:
    return {"appointment": appointment, "hand_over": found}


def _along(appointment: Appointment) -> dict[str, Any]:
    """What would go along, by today's look."""
    places = places_of_term(appointment)
    return {
        "work": list(held_work(appointment.user, places)),
        "parts": [(label, number) for label, number in goes_along(appointment) if number],
        "enquiries": appointment.enquiries.count(),
        "notes": TermNote.objects.filter(appointment=appointment).first(),
        "introduced": introduced_from(places).count(),
    }


def _form(request: HttpRequest, appointment: Appointment, found: HandOver | None, step: str) -> Any:
    posted = request.POST if request.method == "POST" else None
    if step == "who":
        initial: dict[str, Any] = {"ends_on": appointment.ends_on}
        if found is not None:
            initial = {"email": found.successor.email, "starts_on": found.starts_on, "ends_on": found.ends_on}
        return WhoForm(posted, initial=initial)
    if step == "what" and found is not None:
        return WhatForm(posted, initial={"note": found.note, "introduces": found.introduces})
    return None


def _taken(
    request: HttpRequest, appointment: Appointment, found: HandOver | None, step: str, form: Any
) -> HttpResponse | None:
    """Where the step leads, or None where the form says what is wrong."""
    user: Any = request.user
    try:
        if step == "who":
            said = form.cleaned_data
            actions.prepare(
                appointment,
                actor=user,
                successor=said["email"],
                starts_on=said["starts_on"],
                ends_on=said["ends_on"],
            )
            return redirect("appointing:hand_over_step", appointment.pk, "what")
        if found is None:
            raise Http404
        if step == "what":
            actions.describe(found, actor=user, **form.cleaned_data)
            return redirect("appointing:hand_over_step", appointment.pk, "check")
        if request.POST.get("act") == "off":
            actions.call_off(found, actor=user)
            messages.success(request, _("Called off. Nothing happens on that day."))
            return redirect("appointing:hand_over", appointment.pk)
        kept = actions.confirm(found, actor=user, version=whole(request.POST.get("version", ""), -1))
    except DomainError as refusal:
        if form is None:
            messages.warning(request, str(refusal))
            return redirect("appointing:hand_over", appointment.pk)
        blame(form, refusal)
        return None
    if kept.is_set:
        messages.success(request, _("The hand-over is scheduled. Both people get an e-mail on the day."))
    else:
        messages.success(request, _("Handed over. Both people get an e-mail."))
    return redirect("appointing:hand_over", appointment.pk)


@page_view()
def taken_over(request: SignedIn, pk: int) -> HttpResponse:
    """What the successor of a regional focal point is given."""
    user: Any = request.user
    hand_over = get_object_or_404(
        HandOver.objects.visible_to(user)
        .filter(done_at__isnull=False)
        .select_related("appointment__user", "next_appointment"),
        pk=pk,
    )
    notes = TermNote.objects.visible_to(user).filter(appointment=hand_over.appointment_id).first()
    return render(
        request, "coordination/hand_overs/taken_over.html", {"hand_over": hand_over, "notes": notes}
    )
