"""Reporting an entry, for everybody; and the desk's pages of what was reported."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit.queries import timeline
from core.errors import WrongState
from core.limits import spend
from stakeholders.actions import reports as act
from stakeholders.forms.reports import AnswerForm, ReportForm, StateForm
from stakeholders.models import Report, Stakeholder
from stakeholders.queries.contact import lines_of
from stakeholders.queries.reports import OPEN, for_page, reported, reports

PER_PAGE = 25
MOST, SECONDS = 6, 3600  # reports from one address of the network


def _entry(request: HttpRequest, pk: int) -> Stakeholder:
    entry = reported(request.user, pk)
    if entry is None:
        raise Http404
    return entry


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The form by which anybody tells the desk what is wrong with an entry that they see."""
    entry = _entry(request, pk)
    signed_in = request.user.is_authenticated
    form = ReportForm(request.POST or None, signed_in=signed_in)
    if request.method == "POST" and form.is_valid():
        spend("stakeholders.report", get_adapter(request).get_client_ip(request), most=MOST, seconds=SECONDS)
        # A program is told the same as a person, so that it learns nothing.
        if not form.by_a_program:
            said = form.cleaned_data
            act.report_entry(
                entry, actor=request.user, what=said["what"], text=said["text"],
                address=said.get("address", ""), language=get_language() or "en",
            )  # fmt: skip
        return redirect("stakeholders:reported", pk)
    return render(request, "stakeholders/reports/report.html", {"entry": entry, "form": form})


@never_cache
@require_safe
def report_sent(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "stakeholders/reports/sent.html", {"entry": _entry(request, pk)})


def _judges(request: HttpRequest) -> None:
    """Who may not answer reports does not learn that the pages are there."""
    if not request.user.has_perm("stakeholders.view_reports"):
        raise Http404


@login_required
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    _judges(request)
    form = StateForm(request.GET)
    state = (form.cleaned_data["state"] if form.is_valid() else "") or OPEN
    page = Paginator(reports(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": form.fields["state"].choices}  # type: ignore[attr-defined]
    return render(request, "stakeholders/reports/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One report; a POST answers it."""
    _judges(request)
    report = get_object_or_404(for_page(request.user), pk=pk)
    form = AnswerForm(
        request.POST or None, wants_answer=report.wants_answer, about_messages=bool(report.conversation)
    )
    if request.method == "POST" and form.is_valid():
        try:
            act.answer_report(report, actor=request.user, **form.cleaned_data)
        except WrongState as late:
            messages.warning(request, str(late))
        else:
            messages.success(request, _("The outcome is kept, and whoever asked for an answer gets a mail."))
        return redirect(report)
    return render(request, "stakeholders/reports/page.html", _shown(request, report, form))


def _shown(request: HttpRequest, report: Report, form: AnswerForm) -> dict[str, Any]:
    return {
        "report": report,
        "form": form,
        "may_answer": not report.answered_at and request.user.has_perm("stakeholders.answer_report", report),
        "language": get_language_info(report.language)["name_translated"],
        "lines": timeline(report, request.user),
        # The page of an entry that is gone or merged opens no more.
        "entry": report.stakeholder,
        "conversation": report.conversation,
        "messages_reported": lines_of(report.conversation) if report.conversation else [],
    }
