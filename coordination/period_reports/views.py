"""Reports for a period: written, read, printed, taken into a spreadsheet, published."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from coordination.period_reports import actions, queries
from coordination.period_reports.forms import PeriodReportForm, WithdrawForm, initial_of
from coordination.period_reports.models import PeriodReport
from core import small_numbers
from core.forms import refusal_on
from core.spreadsheet_cells import harmless
from core.spreadsheets import book_response
from core.text import to_html, whole
from core.views import refusal_as_error
from events.events.dates import when
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


def _suppressed(table: queries.Table) -> str:
    """What stands for a number that is not told; of some tables larger numbers are hidden, too."""
    return _("Suppressed") if table.adds_up else _("Suppressed (fewer than 5)")


def _workbook(request: HttpRequest, one: PeriodReport, *, desk: bool) -> StreamingHttpResponse:
    """The report for spreadsheets: what it is about on the first sheet, a sheet for each table.

    `desk`: with the activities, which are nobody's but the coordinators' and the desk's.
    """
    spans = queries.spans_of(one)

    def fill(book: Any) -> None:
        about = book.create_sheet("report")
        for line in _about(one):
            about.append([harmless(str(cell)) for cell in line])
        heads = [f"{span.first.isoformat()} – {span.last.isoformat()}" for span in spans]
        for number, table in enumerate(_tables(request, one), 1):
            sheet = book.create_sheet(f"{number} {table.name}"[:31])
            sheet.append([harmless(table.title)])
            sheet.append([harmless(str(cell)) for cell in ("code", table.what, *heads)])
            for row in table.rows:
                cells = [_suppressed(table) if cell is None else cell for cell in row.numbers]
                sheet.append([harmless(row.code), harmless(row.label), *cells])
        if desk:
            sheet = book.create_sheet("activities")
            sheet.append([_("Title"), _("Date"), _("Kind"), _("Status"), _("Outcome")])
            activities: Any = queries.activities_of(one, request.user)
            for held in activities:
                facts = (held.title, when(held).told, held.get_kind_display(), held.get_status_display())
                sheet.append([harmless(str(cell)) for cell in (*facts, held.outcome)])

    response = book_response(f"report-{one.pk}.xlsx", fill)
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
    tables = _tables(request, one)
    writes = desk and user.has_perm("coordination.change_periodreport", one)
    context = {
        "report": one,
        "place": queries.place_name(one.place),
        "spans": queries.spans_of(one),
        "tables": tables,
        "activities": queries.activities_of(one, user) if desk else [],
        "narrative": to_html(one.narrative),
        "is_hidden": any(None in row.numbers for table in tables for row in table.rows),
        "fewest": small_numbers.FEWEST,
        "may_edit": writes and one.is_draft,
        "moves": dict(moves_open_to(user, one)) if desk else {},
        "back": back or WithdrawForm(),
        "desk": desk,
        "lines": timeline(one, user, as_subject=writes) if desk else (),
    }
    return render(request, "coordination/period_reports/report.html", context)


def _tables(request: HttpRequest, one: PeriodReport) -> list[queries.Table]:
    """As published; a draft is counted anew for each who reads it."""
    return queries.frozen_tables(one) if one.is_published else queries.tables_of(one, request.user)


def _about(one: PeriodReport) -> list[tuple[object, object]]:
    return [
        (_("Title"), one.title),
        (_("For which place"), queries.place_name(one.place)),
        (_("First day"), one.first_day.isoformat()),
        (_("Last day"), one.last_day.isoformat()),
        *(
            [
                (_("Compared with, first day"), one.other_first_day.isoformat()),
                (_("Compared with, last day"), one.other_last_day.isoformat()),
            ]
            if one.other_first_day and one.other_last_day
            else []
        ),
        (_("Status"), one.get_status_display()),
        (_("Address"), settings.SITE_URL + (one.public_url if one.is_published else one.get_absolute_url())),
        (_("Narrative"), one.narrative),
    ]


def _published(request: HttpRequest, pk: int) -> PeriodReport:
    return get_object_or_404(queries.reports(request.user).published(), pk=pk)


def _seen(request: HttpRequest, pk: int) -> PeriodReport:
    return get_object_or_404(queries.reports(request.user), pk=pk)


def _version(request: HttpRequest) -> int:
    return whole(request.POST.get("version", ""), -1)
