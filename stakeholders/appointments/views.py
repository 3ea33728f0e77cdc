"""The desk's pages of regional focal points: who covers what, appointing, changing and ending terms."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError, WrongState
from core.forms import blame, renew_version
from core.views import act_page
from stakeholders.appointments import actions
from stakeholders.appointments.forms import AppointForm, EndForm, PlacesForm
from stakeholders.appointments.models import Appointment, today
from stakeholders.appointments.queries import appointments, coverage

PER_PAGE = 25


@page_view(permission="stakeholders.read_appointments")
def appointment_list(request: SignedIn) -> HttpResponse:
    """Who covers what today, which regions have nobody, and every appointment there was."""
    rows = appointments(request.user).order_by(F("ended_at").desc(nulls_first=True), "ends_on", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "coverage": coverage(),
        "may_appoint": request.user.has_perm("stakeholders.appoint"),
    }
    return render(request, "stakeholders/appointments/list.html", context)


@form_view(permission="stakeholders.appoint")
def appointment_new(request: SignedIn) -> HttpResponse:
    form = AppointForm(request.POST or None, initial={"starts_on": today()})
    if request.method == "POST" and form.is_valid():
        actor: Any = request.user
        person: Any = form.person
        try:
            actions.appoint(person, actor=actor, **form.appointment_fields())
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request, _("Appointed. The person gets an e-mail, and the role on the first day.")
            )
            return redirect("vetting:appointments")
    return act_page(
        request,
        form,
        heading=_("Appoint a regional focal point"),
        lead=_(
            "The person gets the role for these places from the first day to the last, and an e-mail about "
            "it."
        ),
        steps=[("portal:desk", _("Desk")), ("vetting:appointments", _("Regional focal points"))],
        button=pgettext("button", "Appoint"),
        back="vetting:appointments",
        back_text=_("Back without appointing"),
    )


@form_view(permission="stakeholders.read_appointments")
def appointment_page(request: SignedIn, pk: int) -> HttpResponse:
    """One appointment: its places and days, a form to change it and one to end it."""
    appointment = get_object_or_404(appointments(request.user), pk=pk)
    may_change = request.user.has_perm("stakeholders.change_appointment", appointment)
    change, end = PlacesForm.of(appointment), EndForm(initial={"version": appointment.version}, prefix="end")
    if request.method == "POST":
        if not may_change:
            raise Http404
        ends = "end" in request.POST
        if ends:
            end = EndForm(request.POST, prefix="end")
        else:
            change = PlacesForm(request.POST)
        if _apply_form(request, appointment, end if ends else change):
            return redirect("vetting:appointment", pk)
    context = {
        "appointment": appointment,
        "change_form": change if may_change and not appointment.is_over else None,
        "end_form": end if may_change and not appointment.is_over else None,
        "wrong": change.errors or end.errors,
        "lines": timeline(appointment, request.user),
    }
    return render(request, "stakeholders/appointments/page.html", context)


def _apply_form(request: HttpRequest, appointment: Appointment, form: PlacesForm | EndForm) -> bool:
    """Change or end the appointment; return whether that was done, else the form says why not."""
    if not form.is_valid():
        return False
    actor: Any = request.user
    version = form.cleaned_data["version"]
    try:
        if isinstance(form, PlacesForm):
            actions.change_appointment(appointment, actor=actor, version=version, **form.appointment_fields())
            messages.success(request, _("The appointment is changed."))
        else:
            cleaned = form.cleaned_data
            actions.end_appointment(
                appointment, actor=actor, version=version, reason=cleaned["reason"], note=cleaned["end_note"]
            )
            messages.success(request, _("The appointment has ended, and the role with it."))
    except DomainError as refusal:
        blame(form, refusal)
        if isinstance(refusal, WrongState):
            renew_version(form, Appointment.objects.get(pk=appointment.pk).version)
        return False
    return True
