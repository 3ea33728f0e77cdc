"""A registration that begins with what a public register says."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import DomainError, TooMany
from core.limits import spend
from stakeholders.actions import registration as act
from stakeholders.enums import Kind, Status
from stakeholders.forms.prefill import ChosenForm, FindForm
from stakeholders.models import Application
from stakeholders.queries.prefill import answers_of, found, registered


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """Look among what the person may see; sent, an unclaimed entry fills in the own draft."""
    mine = Application.objects.visible_to(request.user).filter(applicant=request.user.pk, kind=Kind.ACADEMIA)
    application = get_object_or_404(mine, pk=pk)
    if not application.is_draft:
        return redirect("stakeholders:application", pk)
    if request.method == "POST":
        return _fill(request, application)
    asked = "q" in request.GET
    form = FindForm(request.GET if asked else None)
    entries = []
    if form.is_valid():
        spend("stakeholders.prefill", str(request.user.pk), most=120, seconds=3600)
        entries = found(request.user, form.cleaned_data["q"])
    context = {"application": application, "form": form, "found": entries, "asked": asked and form.is_valid()}
    return render(request, "stakeholders/registration/prefill.html", context)


def _fill(request: HttpRequest, application: Application) -> HttpResponse:
    form = ChosenForm(request.POST)
    if not form.is_valid():
        raise Http404
    unclaimed = registered(request.user).filter(status=Status.LISTED)
    entry = get_object_or_404(unclaimed, pk=form.cleaned_data["entry"])
    try:
        act.save_answers(
            application,
            actor=request.user,  # type: ignore[arg-type]  # login_required
            version=form.cleaned_data["version"],
            answers=answers_of(entry),
        )
    except TooMany:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Filled in. Please check what the register says about you."))
    return redirect("stakeholders:step", application.pk, "who")
