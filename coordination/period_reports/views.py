"""Reports for a period: written, read, printed, taken into a spreadsheet, published."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from coordination.period_reports import actions, files, queries
from coordination.period_reports.forms import PeriodReportForm, WithdrawForm, initial_of
from coordination.period_reports.models import PeriodReport
from core import pdf, word
from core.forms import refusal_on
from core.spreadsheets import book_response
from core.text import to_html, whole
from core.views import act_page, refusal_as_error
from stakeholders.appointments.models import today
from workflow.moves.queries import moves_open_to

PER_PAGE = 25


@page_view(permission="coordination.write_reports", fresh=True)
def report_list(request: SignedIn) -> HttpResponse:
    """List reports that the person may change, and published ones."""
    return _list(request, queries.reports(request.user), desk=True)


@page_view(public=True)
def public_list(request: HttpRequest) -> HttpResponse:
    return _list(request, queries.reports(request.user).published(), desk=False)


@form_view(permission="coordination.write_reports", fresh=True)
def write(request: SignedIn) -> HttpResponse:
    now = today()
    initial = {"language": request.user.language, "first_day": now.replace(month=1, day=1), "last_day": now}
    form = PeriodReportForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            report = actions.write(actor=request.user, values=form.values())
            messages.success(request, _("The draft is saved. You and the WhatsOn team read it."))
            return redirect(report)
    return _write_page(request, form, _("Begin a report"))


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    report = _visible_report(request, pk)
    if not request.user.has_perm("coordination.change_periodreport", report):
        raise Http404
    if not report.is_draft:
        return redirect(report)
    form = PeriodReportForm(
        request.POST or None, user=request.user, counted=report.is_frozen, initial=initial_of(report)
    )
    version = _version(request) if request.method == "POST" else report.version
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.save(report, actor=request.user, version=version, values=form.values())
            messages.success(request, _("Your changes are saved."))
            return redirect(report)
    above = (report, report.title)
    return _write_page(request, form, _("Change the report"), above, back=report, version=version)


def _write_page(
    request: HttpRequest,
    form: PeriodReportForm,
    heading: str,
    *above: Any,
    back: Any = "activities:reports",
    **words: Any,
) -> HttpResponse:
    return act_page(
        request,
        form,
        heading=heading,
        lead=_(
            "The figures are counted for you. Those of two periods are shown side by side, countries in the "
            "order of their names."
        ),
        steps=[("activities:reports", _("Activity reports")), *above],
        back=back,
        **words,
    )


@page_view(permission="coordination.write_reports", fresh=True)
def report(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _visible_report(request, pk))


@page_view(public=True)
def public_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report as it was published."""
    return _page(request, _published_report(request, pk), desk=False)


@page_view(permission="coordination.write_reports", fresh=True)
def workbook(request: SignedIn, pk: int) -> StreamingHttpResponse:
    return _workbook(request, _visible_report(request, pk), desk=True)


@page_view(public=True)
def public_workbook(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    return _workbook(request, _published_report(request, pk), desk=False)


@page_view(permission="coordination.write_reports", fresh=True)
def paper(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """The report as PDF or for Word, with the activities."""
    return _paper(request, _visible_report(request, pk), kind, desk=True)


@page_view(public=True)
def public_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    return _paper(request, _published_report(request, pk), kind, desk=False)


def _workbook(request: HttpRequest, report: PeriodReport, *, desk: bool) -> StreamingHttpResponse:
    """Return the report as a spreadsheet.

    `desk`: with the activities, which are nobody's but the coordinators' and the desk's.
    """
    user: Any = request.user
    return book_response(
        f"report-{report.pk}", lambda book: files.fill_workbook(book, report, user, desk=desk)
    )


def _files(report: PeriodReport, *, desk: bool) -> list[tuple[str, str]]:
    """Return (label, address) of the files."""
    public = "" if desk else "public_"
    return [
        (_("This report as PDF"), reverse(f"activities:{public}pdf", args=[report.pk])),
        (_("This report for Word (DOCX)"), reverse(f"activities:{public}docx", args=[report.pk])),
        (_("This report as Excel"), reverse(f"activities:{public}workbook", args=[report.pk])),
    ]


_PAPERS: dict[str, Any] = {"pdf": (files.report_pdf, pdf.TYPE), "docx": (files.report_docx, word.TYPE)}


def _paper(request: HttpRequest, report: PeriodReport, kind: str, *, desk: bool) -> HttpResponse:
    make, media_type = _PAPERS[kind]
    response = HttpResponse(make(report, request.user, desk=desk), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="report-{report.pk}.{kind}"'
    response["X-Robots-Tag"] = "noindex"
    return response


@act_view(fresh=True)
def publish(request: SignedIn, pk: int) -> HttpResponse:
    report = _visible_report(request, pk)
    if not request.user.has_perm("coordination.publish_periodreport", report):
        raise Http404
    with refusal_as_error(request):
        actions.publish(report, actor=request.user, version=_version(request))
        messages.success(request, _("The report is public, with its numbers as they are now."))
    return redirect(report)


@act_view(fresh=True)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    report = _visible_report(request, pk)
    if not request.user.has_perm("coordination.withdraw_periodreport", report):
        raise Http404
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, report, form)
    with refusal_as_error(request):
        actions.withdraw(
            report, actor=request.user, version=_version(request), note=form.cleaned_data["note"]
        )
        messages.success(
            request, _("The report is a draft again. Only its author and the WhatsOn team read it.")
        )
    return redirect(report)


def _list(request: HttpRequest, reports: Any, *, desk: bool) -> HttpResponse:
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(report, queries.place_name(report.place)) for report in page.object_list]
    context = {"page": page, "query": {}, "rows": rows, "desk": desk}
    return render(request, "coordination/period_reports/list.html", context)


def _page(
    request: HttpRequest, report: PeriodReport, back: WithdrawForm | None = None, *, desk: bool = True
) -> HttpResponse:
    user: Any = request.user
    tables, spans = files.tables_for(report, user), queries.spans_of(report)
    writes = desk and user.has_perm("coordination.change_periodreport", report)
    context = {
        "report": report,
        "place": queries.place_name(report.place),
        "spans": spans,
        "tables": tables,
        "activities": queries.activities_of(report, user) if desk and not report.is_frozen else [],
        "narrative": to_html(report.narrative),
        "note": files.note_on(tables, spans),
        "figures_language": report.language_id if report.is_published or report.is_frozen else "",
        "citation": files.citation(report) if report.is_frozen else "",
        "files": _files(report, desk=desk),
        "may_edit": writes and report.is_draft,
        "moves": dict(moves_open_to(user, report)) if desk else {},
        "back": back or WithdrawForm(),
        "desk": desk,
        "lines": timeline(report, user, as_subject=writes) if desk else (),
    }
    return render(request, "coordination/period_reports/report.html", context)


def _published_report(request: HttpRequest, pk: int) -> PeriodReport:
    return get_object_or_404(queries.reports(request.user).published(), pk=pk)


def _visible_report(request: HttpRequest, pk: int) -> PeriodReport:
    return get_object_or_404(queries.reports(request.user), pk=pk)


def _version(request: HttpRequest) -> int:
    return whole(request.POST.get("version", ""), -1)
