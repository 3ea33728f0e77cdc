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
from core.views import refusal_as_error
from stakeholders.appointments.models import today
from workflow.moves.queries import moves_open_to

PER_PAGE = 25


@page_view(permission="coordination.write_reports", fresh=True)
def report_list(request: SignedIn) -> HttpResponse:
    """Reports that the person writes or looks after, and the published ones."""
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
            one = actions.write(actor=request.user, values=form.values())
            messages.success(request, _("The draft is saved. You and the desk read it."))
            return redirect(one)
    return render(request, "coordination/period_reports/write.html", {"form": form})


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    one = _seen(request, pk)
    if not request.user.has_perm("coordination.change_periodreport", one):
        raise Http404
    if not one.is_draft:
        return redirect(one)
    form = PeriodReportForm(request.POST or None, user=request.user, initial=initial_of(one))
    version = _version(request) if request.method == "POST" else one.version
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.save(one, actor=request.user, version=version, values=form.values())
            messages.success(request, _("Your changes are saved."))
            return redirect(one)
    context = {"form": form, "report": one, "version": version}
    return render(request, "coordination/period_reports/write.html", context)


@page_view(permission="coordination.write_reports", fresh=True)
def report(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _seen(request, pk))


@page_view(public=True)
def public_report(request: HttpRequest, pk: int) -> HttpResponse:
    """As it was published, for everybody."""
    return _page(request, _published(request, pk), desk=False)


@page_view(permission="coordination.write_reports", fresh=True)
def workbook(request: SignedIn, pk: int) -> StreamingHttpResponse:
    return _workbook(request, _seen(request, pk), desk=True)


@page_view(public=True)
def public_workbook(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    return _workbook(request, _published(request, pk), desk=False)


@page_view(permission="coordination.write_reports", fresh=True)
def paper(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """The report as PDF or for Word, with the activities."""
    return _paper(request, _seen(request, pk), kind, desk=True)


@page_view(public=True)
def public_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    return _paper(request, _published(request, pk), kind, desk=False)


def _workbook(request: HttpRequest, one: PeriodReport, *, desk: bool) -> StreamingHttpResponse:
    """The report for spreadsheets.

    `desk`: with the activities, which are nobody's but the coordinators' and the desk's.
    """
    user: Any = request.user
    response = book_response(
        f"report-{one.pk}.xlsx", lambda book: files.fill_workbook(book, one, user, desk=desk)
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _files(one: PeriodReport, *, desk: bool) -> list[tuple[str, str]]:
    """(What a link says, its address)."""
    public = "" if desk else "public_"
    return [
        (_("This report as PDF"), reverse(f"activities:{public}pdf", args=[one.pk])),
        (_("This report for Word (DOCX)"), reverse(f"activities:{public}docx", args=[one.pk])),
        (_("This report as XLSX"), reverse(f"activities:{public}workbook", args=[one.pk])),
    ]


_PAPERS: dict[str, Any] = {"pdf": (files.report_pdf, pdf.TYPE), "docx": (files.report_docx, word.TYPE)}


def _paper(request: HttpRequest, one: PeriodReport, kind: str, *, desk: bool) -> HttpResponse:
    make, media_type = _PAPERS[kind]
    response = HttpResponse(make(one, request.user, desk=desk), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="report-{one.pk}.{kind}"'
    response["X-Robots-Tag"] = "noindex"
    return response


@act_view(fresh=True)
def publish(request: SignedIn, pk: int) -> HttpResponse:
    one = _seen(request, pk)
    if not request.user.has_perm("coordination.publish_periodreport", one):
        raise Http404
    with refusal_as_error(request):
        actions.publish(one, actor=request.user, version=_version(request))
        messages.success(request, _("The report is public, with its numbers as they are now."))
    return redirect(one)


@act_view(fresh=True)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    one = _seen(request, pk)
    if not request.user.has_perm("coordination.withdraw_periodreport", one):
        raise Http404
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form)
    with refusal_as_error(request):
        actions.withdraw(one, actor=request.user, version=_version(request), note=form.cleaned_data["note"])
        messages.success(request, _("The report is a draft again. Only its author and the desk read it."))
    return redirect(one)


def _list(request: HttpRequest, reports: Any, *, desk: bool) -> HttpResponse:
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, queries.place_name(one.place)) for one in page.object_list]
    context = {"page": page, "query": {}, "rows": rows, "desk": desk}
    return render(request, "coordination/period_reports/list.html", context)


def _page(
    request: HttpRequest, one: PeriodReport, back: WithdrawForm | None = None, *, desk: bool = True
) -> HttpResponse:
    user: Any = request.user
    tables, spans = files.tables_for(one, user), queries.spans_of(one)
    writes = desk and user.has_perm("coordination.change_periodreport", one)
    context = {
        "report": one,
        "place": queries.place_name(one.place),
        "spans": spans,
        "tables": tables,
        "activities": queries.activities_of(one, user) if desk else [],
        "narrative": to_html(one.narrative),
        "note": files.note_on(tables, spans),
        "files": _files(one, desk=desk),
        "may_edit": writes and one.is_draft,
        "moves": dict(moves_open_to(user, one)) if desk else {},
        "back": back or WithdrawForm(),
        "desk": desk,
        "lines": timeline(one, user, as_subject=writes) if desk else (),
    }
    return render(request, "coordination/period_reports/report.html", context)


def _published(request: HttpRequest, pk: int) -> PeriodReport:
    return get_object_or_404(queries.reports(request.user).published(), pk=pk)


def _seen(request: HttpRequest, pk: int) -> PeriodReport:
    return get_object_or_404(queries.reports(request.user), pk=pk)


def _version(request: HttpRequest) -> int:
    return whole(request.POST.get("version", ""), -1)
