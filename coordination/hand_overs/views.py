"""The hand-over in three steps, and what the successor is given."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from coordination.absences.queries import held_work, places_of_term
from coordination.absences.views import appointment_or_404
from coordination.hand_overs import actions
from coordination.hand_overs.forms import WhatForm, WhoForm
from coordination.hand_overs.models import HandOver, TermNote
from coordination.hand_overs.queries import stakeholders_to_inform, work_counts
from core.errors import DomainError
from core.forms import blame
from core.text import whole
from stakeholders.appointments.models import Appointment

STEPS = ("who", "what", "check")


@form_view()
def hand_over(request: SignedIn, pk: int, step: str = "") -> HttpResponse:
    """Show and save the steps: who comes next, what goes along, and a check of all of it."""
    user: Any = request.user
    appointment = appointment_or_404(request, pk)
    if not user.has_perm("coordination.hand_over"):
        raise Http404
    hand_over = (
        HandOver.objects.visible_to(user).filter(appointment=appointment).select_related("successor").first()
    )
    if hand_over is not None and hand_over.done_at:
        return render(request, "coordination/hand_overs/done.html", _base_context(appointment, hand_over))
    if appointment.is_over:
        raise Http404
    step = step or ("check" if hand_over else "who")
    if step not in STEPS:
        raise Http404
    if hand_over is None and step != "who":
        return redirect("appointing:hand_over", pk)
    form = _form(request, appointment, hand_over, step)
    if request.method == "POST" and (form is None or form.is_valid()):
        following = _take_step(request, appointment, hand_over, step, form)
        if following is not None:
            return following
    context = {**_base_context(appointment, hand_over), "form": form, "step": step, "steps": STEPS}
    context["number"] = STEPS.index(step) + 1
    if step != "who":
        context |= _work_context(appointment)
    return render(request, "coordination/hand_overs/hand_over.html", context)


def _base_context(appointment: Appointment, hand_over: HandOver | None) -> dict[str, Any]:
    return {"appointment": appointment, "hand_over": hand_over}


def _work_context(appointment: Appointment) -> dict[str, Any]:
    """Return what would go along as it is now."""
    places = places_of_term(appointment)
    return {
        "work": list(held_work(appointment.user, places)),
        "parts": [(label, number) for label, number in work_counts(appointment) if number],
        "enquiries": appointment.enquiries.count(),
        "notes": TermNote.objects.filter(appointment=appointment).first(),
        "introduced": stakeholders_to_inform(places).count(),
    }


def _form(request: HttpRequest, appointment: Appointment, hand_over: HandOver | None, step: str) -> Any:
    posted = request.POST if request.method == "POST" else None
    if step == "who":
        initial: dict[str, Any] = {"ends_on": appointment.ends_on}
        if hand_over is not None:
            initial = {
                "email": hand_over.successor.email,
                "starts_on": hand_over.starts_on,
                "ends_on": hand_over.ends_on,
            }
        return WhoForm(posted, initial=initial)
    if step == "what" and hand_over is not None:
        return WhatForm(posted, initial={"note": hand_over.note, "introduces": hand_over.introduces})
    return None


def _take_step(
    request: HttpRequest, appointment: Appointment, hand_over: HandOver | None, step: str, form: Any
) -> HttpResponse | None:
    """Save a step and return where it leads; None where the form has errors."""
    user: Any = request.user
    try:
        if step == "who":
            cleaned = form.cleaned_data
            actions.prepare(
                appointment,
                actor=user,
                successor=cleaned["email"],
                starts_on=cleaned["starts_on"],
                ends_on=cleaned["ends_on"],
            )
            return redirect("appointing:hand_over_step", appointment.pk, "what")
        if hand_over is None:
            raise Http404
        if step == "what":
            actions.describe(hand_over, actor=user, **form.cleaned_data)
            return redirect("appointing:hand_over_step", appointment.pk, "check")
        if request.POST.get("act") == "off":
            actions.call_off(hand_over, actor=user)
            messages.success(request, _("The hand-over is cancelled. Nothing happens on that day."))
            return redirect("appointing:hand_over", appointment.pk)
        hand_over = actions.confirm(hand_over, actor=user, version=whole(request.POST.get("version", ""), -1))
    except DomainError as refusal:
        if form is None:
            messages.warning(request, str(refusal))
            return redirect("appointing:hand_over", appointment.pk)
        blame(form, refusal)
        return None
    if hand_over.is_set:
        messages.success(request, _("The hand-over is scheduled. Both people get an e-mail on the day."))
    else:
        messages.success(request, _("Handed over. Both people get an e-mail."))
    return redirect("appointing:hand_over", appointment.pk)


@page_view()
def taken_over(request: SignedIn, pk: int) -> HttpResponse:
    """Show the successor what they were given."""
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
