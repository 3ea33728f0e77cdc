"""Write, submit, read, return and publish the report of a meeting or an event."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError
from core.forms import refusal_on
from core.text import whole
from core.views import refusal_as_error
from events.events.models import Event
from events.meeting_reports import actions
from events.meeting_reports.forms import ReportFileForm, ReportForm, SendBackForm
from events.meeting_reports.models import Report
from events.meeting_reports.queries import attendance_counts, can_begin
from events.proposals import queries as proposals_queries
from workflow.moves.queries import decisions_on, moves_open_to


@form_view(fresh=True)
def begin(request: SignedIn, pk: int, slug: str, number: int | None = None) -> HttpResponse:
    """Begin the report of an event, or of its meeting with this number; redirect where there is one."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    meeting = None
    if number is not None:
        meeting = proposals_queries.meeting_of(request.user, event, number) if number < 2**31 else None
        if meeting is None:
            raise Http404
    existing = Report.objects.visible_to(request.user).filter(event=event, proposal=meeting).first()
    if existing is not None:
        return redirect(existing)
    if not can_begin(request.user, event, meeting):
        raise Http404
    initial: dict[str, Any] = {"rapporteur": request.user.name, "language": event.language_id}
    if meeting is None:
        initial |= attendance_counts(event)
    form = ReportForm(request.POST or None, instance=Report(event=event, proposal=meeting), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            report = actions.begin_report(event, meeting, actor=request.user, values=form.values())
            messages.success(
                request, _("The report is saved. Only you and your colleagues see it before you submit it.")
            )
            return redirect(report)
    return render(request, "events/meeting_reports/write.html", _context(event, meeting) | {"form": form})


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change a draft or a returned report."""
    report = _report_or_404(request, pk)
    if not report.is_written:
        return redirect(report)
    form = ReportForm(request.POST or None, instance=report)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.save_report(
                report,
                actor=request.user,
                values=form.values(),
                fields=form.changed_data,
                version=form.cleaned_data["version"] or 0,
            )
            messages.success(request, _("Your changes are saved."))
            return redirect("events:report", pk)
    context = _context(report.event, report.proposal) | {"form": form, "report": report}
    return render(request, "events/meeting_reports/write.html", context)


@form_view(fresh=True)
def report(request: SignedIn, pk: int) -> HttpResponse:
    """Show the report with its state and files. A POST adds a file or an address."""
    report = _report_or_404(request, pk)
    form = ReportFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        entered = {name: form.cleaned_data[name] for name in ("kind", "title")}
        with refusal_on(form):
            if form.cleaned_data["upload"]:
                actions.add_file(report, actor=request.user, upload=form.cleaned_data["upload"], **entered)
            else:
                actions.add_link(report, actor=request.user, url=form.cleaned_data["url"], **entered)
            messages.success(request, _("It has been added to the report."))
            return redirect(report)
    return _render_report(request, report, form)


def _render_report(
    request: SignedIn, report: Report, form: ReportFileForm, return_form: SendBackForm | None = None
) -> HttpResponse:
    moves = dict(moves_open_to(request.user, report))
    context = _context(report.event, report.proposal) | {
        "report": report,
        "form": form,
        "return_form": return_form or SendBackForm(),
        "may_submit": "submit" in moves,
        "may_publish": "publish" in moves,
        "may_return": "return" in moves,
        "return_note": next(
            (decision.note for decision in decisions_on(report) if decision.move == "return"), ""
        )
        if report.status == "returned"
        else "",
        "lines": timeline(report, request.user, as_subject=True),
    }
    return render(request, "events/meeting_reports/report.html", context)


@act_view(fresh=True)
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Submit the report to the desk, publish it, or return it with a note on what to change."""
    report = _report_or_404(request, pk)
    return_form = SendBackForm(request.POST) if name == "return" else None
    note = ""
    if return_form is not None:
        if not return_form.is_valid():
            return _render_report(request, report, ReportFileForm(), return_form)
        note = return_form.cleaned_data["note"]
    version = request.POST.get("version", "")
    try:
        actions.act(report, name, actor=request.user, note=note, version=whole(version, -1))
    except PermissionDenied:
        raise Http404 from None
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _MESSAGES[name]())
    return redirect(report)


_MESSAGES: dict[str, Any] = {
    "submit": lambda: _("The report has been submitted. You are informed once it is public."),
    "publish": lambda: _("The report is public. Its organizers are informed."),
    "return": lambda: _("The report was returned to its authors, who are informed."),
}


@act_view(fresh=True)
def remove_attachment(request: SignedIn, pk: int, list_name: str, row_id: int) -> HttpResponse:
    """Delete a file or a link of the report."""
    report = _report_or_404(request, pk)
    rows: Any = report.files if list_name == "files" else report.links
    row = get_object_or_404(rows.select_related("report"), pk=row_id)
    with refusal_as_error(request):
        actions.remove(row, actor=request.user)
        messages.success(request, _("It has been removed from the report."))
    return redirect(report)


def _report_or_404(request: HttpRequest, pk: int) -> Report:
    """Return a report that the person may write or moderate; raise Http404 for all others."""
    rows = Report.objects.visible_to(request.user).select_related(
        "event", "proposal__lead", "language", "written_by"
    )
    report = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("events.write_report", report):
        raise Http404
    return report


def _context(event: Event, meeting: Any) -> dict[str, Any]:
    return {"event": event, "meeting": meeting}
