"""The report of a meeting or an event: written, sent, read and made public."""

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
    """Write the report of the event, or of the meeting with this number; an existing one is opened."""
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
    return render(request, "events/meeting_reports/write.html", _about(event, meeting) | {"form": form})


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    report = _own(request, pk)
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
    context = _about(report.event, report.proposal) | {"form": form, "report": report}
    return render(request, "events/meeting_reports/write.html", context)


@form_view(fresh=True)
def report(request: SignedIn, pk: int) -> HttpResponse:
    """Show the report with its state and files. A POST adds a file or an address."""
    report = _own(request, pk)
    form = ReportFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        entered = {name: form.cleaned_data[name] for name in ("kind", "title")}
        with refusal_on(form):
            if form.cleaned_data["upload"]:
                actions.add_file(report, actor=request.user, upload=form.cleaned_data["upload"], **entered)
            else:
                actions.add_link(report, actor=request.user, url=form.cleaned_data["url"], **entered)
            messages.success(request, _("It is with the report now."))
            return redirect(report)
    return _page(request, report, form)


def _page(
    request: SignedIn, report: Report, form: ReportFileForm, back: SendBackForm | None = None
) -> HttpResponse:
    moves = dict(moves_open_to(request.user, report))
    context = _about(report.event, report.proposal) | {
        "report": report,
        "form": form,
        "back": back or SendBackForm(),
        "may_submit": "submit" in moves,
        "may_publish": "publish" in moves,
        "may_return": "return" in moves,
        "return_note": next((d.note for d in decisions_on(report) if d.move == "return"), "")
        if report.status == "returned"
        else "",
        "lines": timeline(report, request.user, as_subject=True),
    }
    return render(request, "events/meeting_reports/report.html", context)


@act_view(fresh=True)
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Send it to the desk, publish it, or send it back with what should be changed."""
    report = _own(request, pk)
    back = SendBackForm(request.POST) if name == "return" else None
    note = ""
    if back is not None:
        if not back.is_valid():
            return _page(request, report, ReportFileForm(), back)
        note = back.cleaned_data["note"]
    version = request.POST.get("version", "")
    try:
        actions.act(report, name, actor=request.user, note=note, version=whole(version, -1))
    except PermissionDenied:
        raise Http404 from None
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _DONE[name]())
    return redirect(report)


_DONE: dict[str, Any] = {
    "submit": lambda: _("The report has been submitted. You are informed once it is public."),
    "publish": lambda: _("The report is public. Its organizers are informed."),
    "return": lambda: _("The report was returned to its authors, who are informed."),
}


@act_view(fresh=True)
def drop(request: SignedIn, pk: int, list_name: str, row_id: int) -> HttpResponse:
    """Delete a file or a link of the report."""
    held = _own(request, pk)
    rows: Any = held.files if list_name == "files" else held.links
    row = get_object_or_404(rows.select_related("report"), pk=row_id)
    with refusal_as_error(request):
        actions.remove(row, actor=request.user)
        messages.success(request, _("It is no longer with the report."))
    return redirect(held)


def _own(request: HttpRequest, pk: int) -> Report:
    """Return a report that the person writes or moderates; 404 for anybody else."""
    rows = Report.objects.visible_to(request.user).select_related(
        "event", "proposal__lead", "language", "written_by"
    )
    report = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("events.write_report", report):
        raise Http404
    return report


def _about(event: Event, meeting: Any) -> dict[str, Any]:
    return {"event": event, "meeting": meeting}
