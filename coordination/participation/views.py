"""Participation figures for the team: the task, the figures by the filters in the address, freezing them."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view
from accounts.people.requests import SignedIn
from coordination.participation import actions
from coordination.participation.forms import FreezeForm, ParticipationForm
from coordination.participation.models import ParticipationTask
from coordination.participation.queries import tables_of
from coordination.period_reports.models import PeriodReport
from core.forms import refusal_on
from core.views import act_page

COUNT = "coordination.count_participation"
YEAR = timedelta(days=365)
HOURS_A_REPORT, TEAM = 0.5, 3


@form_view(permission=COUNT, fresh=True)
def home(request: SignedIn) -> HttpResponse:
    """The figures, what they add to the work; a POST takes the task or ends it."""
    if request.method == "POST":
        if "end" in request.POST:
            actions.end_task(actor=request.user)
            messages.success(request, _("Participation is no longer counted. Reports stay as they are."))
        else:
            actions.hold_task(actor=request.user)
            messages.success(request, _("You hold the task: participation is counted from now on."))
        return redirect("participation:home")
    task = ParticipationTask.objects.held().select_related("holder").first()
    reports = PeriodReport.objects.filter(counted_at__gte=now() - YEAR).count()
    context: dict[str, Any] = {
        "task": task,
        "reports": reports,
        "hours_each": round(reports * HOURS_A_REPORT / 12 / TEAM, 1),
    }
    if task:
        form = ParticipationForm(request.GET)
        context["form"] = form
        if form.is_valid():
            selection = form.selection()
            context |= {
                "tables": tables_of(selection),
                "freeze_url": f"{reverse('participation:freeze')}?{form.query()}",
            }
    return render(request, "coordination/participation/home.html", context)


@form_view(permission=COUNT, fresh=True)
def freeze(request: SignedIn) -> HttpResponse:
    """Give the figures of the filters in the address a title, and keep them as they are today."""
    filters = ParticipationForm(request.GET)
    if not filters.is_valid():
        return redirect(f"{reverse('participation:home')}?{request.GET.urlencode()}")
    selection = filters.selection()
    form = FreezeForm(request.POST or None, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            report = actions.freeze(
                selection, actor=request.user, filters=filters.query(), **form.cleaned_data
            )
            messages.success(request, _("The figures are frozen. The head of desk can publish the report."))
            return redirect(report)
    return act_page(
        request,
        form,
        heading=_("Freeze the figures as a report"),
        steps=[
            ("portal:desk", _("Desk")),
            (f"{reverse('participation:home')}?{filters.query()}", _("Participation figures")),
        ],
        back=f"{reverse('participation:home')}?{filters.query()}",
        lead=_(
            "They stay as they are today: %(period)s. You can add words to them and download the report as "
            "PDF, Word and Excel. Everybody reads it once it is published."
        )
        % {"period": selection.heads[0]},
        button=_("Freeze the figures"),
    )
