"""The desk's queue of reports: one by one, or many with one reason; and its log as a file."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.actions import record
from audit.queries import timeline
from core.errors import DomainError, WrongState
from core.forms import refusal_on
from core.spreadsheets import Table, table_response
from notifications.inbox.actions import mark_read
from stakeholders.contact.queries import lines_of
from stakeholders.hooks import reportable
from stakeholders.moderation import actions
from stakeholders.moderation.actions import answer_report
from stakeholders.moderation.enums import Deed
from stakeholders.moderation.files import log_columns
from stakeholders.moderation.forms import AnswerForm, BulkForm, DecideForm, StateForm
from stakeholders.moderation.models import Report
from stakeholders.moderation.queries import ANSWERED, OPEN, about_the_same, for_page, log, news_for, reports

PER_PAGE = 25


@page_view(permission="stakeholders.view_reports")
def redirect_moved(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """Redirect from the old addresses of the queue and of a report."""
    return redirect("moderation:report", pk) if pk else redirect("moderation:queue")


@form_view(permission="stakeholders.view_reports", fresh=True)
def queue(request: SignedIn) -> HttpResponse:
    """List the reports that the reader moderates; a POST decides on those that are ticked."""
    user: Any = request.user
    kinds = [
        (key, reported_kind.label)
        for key, reported_kind in reportable.items()
        if user.has_role(*reported_kind.roles, "head")
    ]
    state_form = StateForm(request.GET, kinds=kinds)
    cleaned = state_form.cleaned_data if state_form.is_valid() else {}
    state, kind = cleaned.get("state") or OPEN, cleaned.get("kind") or ""
    page = Paginator(reports(user, state, kind), PER_PAGE).get_page(request.GET.get("page"))
    form = BulkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (done := _decide(request, form)):
        return done
    return render(
        request,
        "stakeholders/moderation/queue.html",
        {
            "page": page,
            "state": state,
            "kind": kind,
            "kinds": kinds,
            "form": form,
            "state_form": state_form,
            "states": state_form.fields["state"].choices,  # type: ignore[attr-defined]
            "labels": dict(kinds),
            "is_open": state != ANSWERED,
        },
    )


def _decide(request: HttpRequest, form: BulkForm) -> HttpResponse | None:
    """Carry it out, say what came of it and lead back; None where the form has to be shown again."""
    with refusal_on(form):
        taken = actions.decide(actor=request.user, **form.cleaned_data)
        if taken.done:
            number = len(taken.done)
            text = ngettext(
                "%(number)d report is decided; people who asked for an answer get an e-mail.",
                "%(number)d reports are decided; people who asked for an answer get an e-mail.",
                number,
            )
            messages.success(request, text % {"number": number})
        for name, why in taken.left:
            messages.warning(request, _("%(name)s: %(why)s") % {"name": name, "why": why})
        return redirect(request.get_full_path())
    return None


@form_view(permission="stakeholders.view_reports", fresh=True)
def report_page(request: SignedIn, pk: int) -> HttpResponse:
    """Show one report; a POST answers it without an act."""
    report = get_object_or_404(for_page(request.user), pk=pk)
    mark_read(news_for(request.user, report))
    form = _answer_form(request, report)
    if request.method == "POST" and form.is_valid():
        try:
            answer_report(report, actor=request.user, **form.cleaned_data)
        except WrongState as late:
            messages.warning(request, str(late))
        else:
            messages.success(
                request, _("The outcome is recorded; people who asked for an answer get an e-mail.")
            )
        return redirect(report)
    return _page(request, report, form)


@act_view(permission="stakeholders.view_reports")
def decide_one(request: SignedIn, pk: int) -> HttpResponse:
    """Hide or take down what one report is about."""
    report = get_object_or_404(for_page(request.user), pk=pk)
    form = DecideForm(request.POST, deeds=_deeds(report), prefix="act")
    if form.is_valid():
        with refusal_on(form):
            taken = actions.decide(
                [report.pk], actor=request.user, **{n: form.cleaned_data[n] for n in form.fields}
            )
            if taken.done:
                messages.success(request, _("Done; people who asked for an answer get an e-mail."))
            for _name, why in taken.left:
                messages.warning(request, why)
            return redirect(report)
    return _page(request, report, _answer_form(request, report, bound=False), form)


@act_view(permission="stakeholders.view_reports")
def show_again(request: SignedIn, pk: int) -> HttpResponse:
    """Show again what the desk hid because of one report."""
    report = get_object_or_404(for_page(request.user), pk=pk)
    try:
        actions.show_again(report, actor=request.user)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    except PermissionDenied:
        messages.warning(request, _("You cannot decide on this."))
    else:
        messages.success(request, _("Everybody who could read it before sees it again."))
    return redirect(report)


def _deeds(report: Report) -> list[str]:
    return [str(deed) for deed in Deed.values if deed in report.reported_kind.acts]


def _answer_form(request: HttpRequest, report: Report, *, bound: bool = True) -> AnswerForm:
    return AnswerForm(
        (request.POST or None) if bound else None,
        outcomes=report.reported_kind.outcomes,
        wants_answer=report.wants_answer,
    )


def _page(
    request: HttpRequest, report: Report, form: AnswerForm, act_form: DecideForm | None = None
) -> HttpResponse:
    user: Any = request.user
    deeds = _deeds(report)
    subject = report.reported_kind.find(user, report.subject_id) if report.reported_kind.by_link else None
    context = {
        "report": report,
        "form": form,
        "act_form": (act_form or DecideForm(deeds=deeds, prefix="act")) if deeds else None,
        "may_answer": not report.answered_at and user.has_perm("stakeholders.answer_report", report),
        "language": get_language_info(report.language)["name_translated"],
        "lines": timeline(report, user),
        # The page of something that is gone or merged opens no more.
        "page": report.reported_kind.page_of(subject) if subject else "",
        "subject": subject,
        "may_show_again": bool(subject and report.reported_kind.back and subject.status == "hidden"),
        "others": list(about_the_same(user, report)[:10]),
        "conversation": report.conversation,
        "messages_reported": lines_of(report.conversation) if report.conversation else [],
    }
    return render(request, "stakeholders/moderation/report.html", context)


@page_view(permission="stakeholders.view_reports", fresh=True)
def log_file(request: SignedIn, form: str) -> HttpResponseBase:
    """Return what was reported and decided, as a file of codes, numbers and days."""
    user: Any = request.user
    record(user, "stakeholders.log_exported", actor=user, format=form)
    table = Table(
        f"moderation-{now():%Y-%m-%d}", _("Reported content"), log_columns(), page=reverse("moderation:queue")
    )
    return table_response(form, table, log(user))
