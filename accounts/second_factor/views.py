"""What to do when the second factor is lost; and, for whoever is known so far, asking the desk."""

from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view
from accounts.second_factor import sessions
from accounts.second_factor.actions import ask_reset
from accounts.second_factor.forms import LostFactorForm
from accounts.second_factor.models import FactorReset


@form_view(public=True, fresh=True)
def lost_factor(request: HttpRequest) -> HttpResponse:
    person = _identified_person(request)
    open_reset = FactorReset.objects.open().filter(user=person).first() if person else None
    form = LostFactorForm(request.POST if request.method == "POST" and person else None)
    if person and form.is_valid():
        ask_reset(person, form.cleaned_data["contact"])
        messages.success(request, _("The WhatsOn team has received your request and will contact you."))
        return redirect("accounts:lost")
    return render(
        request,
        "accounts/second_factor/lost.html",
        {"person": person, "open_reset": open_reset, "form": form},
    )


def _identified_person(request: HttpRequest) -> Any:
    """Who is signed in, or has come as far as the second question; None without a factor to lose."""
    stage = get_pending_stage(request)
    person: Any = request.user if request.user.is_authenticated else None
    if person is None and stage is not None and stage.key == AuthenticateStage.key:
        person = stage.login.user
    return person if person is not None and sessions.is_enrolled(person) else None
