"""The desk's page of deputies and absences."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from coordination.absences import actions
from coordination.absences.forms import AbsenceForm, DeputyForm
from coordination.absences.models import Deputy
from core.forms import refusal_on
from core.text import whole
from core.views import refusal_as_warning
from stakeholders.appointments.models import Appointment
from stakeholders.appointments.queries import appointments


def appointment_or_404(request: HttpRequest, pk: int) -> Appointment:
    if not request.user.has_perm("stakeholders.read_appointments"):
        raise Http404
    return get_object_or_404(appointments(request.user), pk=pk)


@form_view()
def deputies(request: SignedIn, pk: int) -> HttpResponse:
    """Show who may stand in and when somebody does; a POST changes it."""
    user: Any = request.user
    appointment = appointment_or_404(request, pk)
    may_change = user.has_perm("coordination.name_deputy") and not appointment.is_over
    rows = Deputy.objects.filter(appointment=appointment).select_related("user")
    action = request.POST.get("act", "")
    posted = request.POST if request.method == "POST" else None
    if posted is not None and not may_change:
        raise Http404
    forms: dict[str, Any] = {
        "deputy": DeputyForm(posted if action == "deputy" else None, prefix="deputy"),
        "absence": AbsenceForm(posted if action == "absence" else None, deputies=rows, prefix="absence"),
    }
    if action in forms and forms[action].is_valid():
        with refusal_on(forms[action]):
            if action == "deputy":
                actions.name_deputy(appointment, forms[action].cleaned_data["email"], actor=user)
            else:
                actions.say_absent(appointment, actor=user, **forms[action].values())
            messages.success(request, _("Saved."))
            return redirect("appointing:deputies", pk)
    elif action in ("remove", "back"):
        _undo(request, appointment, action)
        return redirect("appointing:deputies", pk)
    context = {
        "appointment": appointment,
        "deputies": list(rows),
        "absences": appointment.absences.select_related("deputy"),
        "forms": forms if may_change else None,
        "wrong": any(form.errors for form in forms.values()),
        "lines": timeline(appointment, user),
    }
    return render(request, "coordination/absences/deputies.html", context)


def _undo(request: HttpRequest, appointment: Appointment, action: str) -> None:
    user: Any = request.user
    pk = whole(request.POST.get("number", ""))
    with refusal_as_warning(request):
        if action == "remove":
            actions.remove_deputy(get_object_or_404(appointment.deputies, pk=pk), actor=user)
        else:
            actions.call_back(get_object_or_404(appointment.absences, pk=pk), actor=user)
        messages.success(request, _("Saved."))
