"""The desk's pages of a term: deputies, absences, and the hand-over in three steps."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.queries import timeline
from coordination.actions import absences as act
from coordination.actions import handing_over as hand
from coordination.forms.regional import AbsenceForm, DeputyForm, WhatForm, WhoForm
from coordination.models import Deputy, HandOver, TermNote
from coordination.queries.handing_over import goes_along, held_work, introduced_from, places_of_term
from core.errors import DomainError
from core.forms import blame
from core.text import whole
from stakeholders.appointments.models import Appointment
from stakeholders.appointments.queries import appointments

STEPS = ("who", "what", "check")


def _appointment(request: HttpRequest, pk: int) -> Appointment:
    if not request.user.has_perm("stakeholders.read_appointments"):
        raise Http404
    return get_object_or_404(appointments(request.user), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deputies(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may stand in, and when somebody does."""
    user: Any = request.user
    appointment = _appointment(request, pk)
    may_change = user.has_perm("coordination.name_deputy") and not appointment.is_over
    named = Deputy.objects.filter(appointment=appointment).select_related("user")
    what = request.POST.get("act", "")
    posted = request.POST if request.method == "POST" else None
    if posted is not None and not may_change:
        raise Http404
    forms: dict[str, Any] = {
        "deputy": DeputyForm(posted if what == "deputy" else None, prefix="deputy"),
        "absence": AbsenceForm(posted if what == "absence" else None, deputies=named, prefix="absence"),
    }
    if what in forms and forms[what].is_valid():
        try:
            if what == "deputy":
                act.name_deputy(appointment, forms[what].cleaned_data["email"], actor=user)
            else:
                act.say_absent(appointment, actor=user, **forms[what].said())
            messages.success(request, _("Saved."))
            return redirect("appointing:deputies", pk)
        except DomainError as refusal:
            blame(forms[what], refusal)
    elif what in ("remove", "back"):
        _undo(request, appointment, what)
        return redirect("appointing:deputies", pk)
    context = {
        "appointment": appointment,
        "deputies": list(named),
        "absences": appointment.absences.select_related("deputy"),
        "forms": forms if may_change else None,
        "wrong": any(form.errors for form in forms.values()),
        "lines": timeline(appointment, user),
    }
    return render(request, "coordination/appointing/deputies.html", context)


def _undo(request: HttpRequest, appointment: Appointment, what: str) -> None:
    user: Any = request.user
    pk = whole(request.POST.get("number", ""))
    try:
        if what == "remove":
            act.remove_deputy(get_object_or_404(appointment.deputies, pk=pk), actor=user)
        else:
            act.call_back(get_object_or_404(appointment.absences, pk=pk), actor=user)
    except DomainError as late:
        messages.warning(request, str(late))
    else:
        messages.success(request, _("Saved."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: int, step: str = "") -> HttpResponse:
    """The wizard: who comes next, what goes along, and a look at all of it before it is done."""
    user: Any = request.user
    appointment = _appointment(request, pk)
    if not user.has_perm("coordination.hand_over"):
        raise Http404
    found = (
        HandOver.objects.visible_to(user).filter(appointment=appointment).select_related("successor").first()
    )
    if found is not None and found.done_at:
        return render(request, "coordination/appointing/done.html", _shown(appointment, found))
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
    return render(request, "coordination/appointing/hand_over.html", context)


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
            hand.prepare(
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
            hand.describe(found, actor=user, **form.cleaned_data)
            return redirect("appointing:hand_over_step", appointment.pk, "check")
        if request.POST.get("act") == "off":
            hand.call_off(found, actor=user)
            messages.success(request, _("Called off. Nothing happens on that day."))
            return redirect("appointing:hand_over", appointment.pk)
        kept = hand.confirm(found, actor=user, version=whole(request.POST.get("version", ""), -1))
    except DomainError as refusal:
        if form is None:
            messages.warning(request, str(refusal))
            return redirect("appointing:hand_over", appointment.pk)
        blame(form, refusal)
        return None
    if kept.is_set:
        messages.success(request, _("The hand-over is set. Both people get a mail on the day."))
    else:
        messages.success(request, _("Handed over. Both people get a mail."))
    return redirect("appointing:hand_over", appointment.pk)
