"""Hiding a list of first steps."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view
from accounts.people.requests import SignedIn
from portal.first_steps.actions import hide_steps
from portal.first_steps.enums import Steps
from portal.first_steps.queries import PAGES, has_steps


@act_view()
def hide(request: SignedIn, steps: str) -> HttpResponse:
    if steps not in Steps.values or not has_steps(request.user, Steps(steps)):
        raise Http404
    hide_steps(Steps(steps), actor=request.user)
    messages.success(request, _("The list of first steps is hidden."))
    return redirect(PAGES[Steps(steps)])
