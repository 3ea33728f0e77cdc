"""Write the report of a meeting or an event, and publish it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from audit.enums import Audience
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from core.uploads import forget_bytes
from events.events.models import Event
from events.meeting_reports.actions_library import suggest_report_to_library
from events.meeting_reports.models import Report, ReportFile, ReportLink
from events.meeting_reports.queries import can_begin
from events.proposals.models import Proposal
from notifications.outbox.actions import notify_all
from stakeholders.entries.enums import MemberRole
from workflow.items.actions import close_items, open_item
from workflow.moves.actions import lock, move, refuse_changed

LINES, TEXTS = ("rapporteur", "counted_by"), ("summary", "outcomes", "recommendations")
MOST_FILES = 10
RELATED = ("event__organizer", "proposal__lead", "proposal__shown", "written_by")
PUBLISH = "publish"
TELLS = {"publish": "events.report_published", "return": "events.report_returned"}


def begin_report(event: Event, meeting: Proposal | None, *, actor: User, values: Mapping[str, Any]) -> Report:
    """Save a new draft. Raises WrongState where a colleague has begun one meanwhile."""
    if not can_begin(actor, event, meeting):
        raise PermissionDenied
    report = Report(event=event, proposal=meeting, written_by=actor)
    _fill(report, values)
    try:
        with transaction.atomic():
            report.save()
            record(report, "events.report.begin", actor=actor)
    except IntegrityError:
        raise WrongState(_("A colleague has already begun this report. Please open that one.")) from None
    return report


def save_report(
    report: Report, *, actor: User, values: Mapping[str, Any], fields: list[str], version: int
) -> Report:
    """Save a draft or returned report. Raises WrongState where somebody else has saved it since."""
    with transaction.atomic():
        report = _lock_to_write(report, actor)
        refuse_changed(report, version)
        _fill(report, values)
        report.version += 1
        report.save()
        record(report, "events.report.change", actor=actor, fields=", ".join(fields))
    return report


def add_file(report: Report, *, actor: User, kind: str, title: str, upload: UploadedFile) -> None:
    with transaction.atomic():
        report = _lock_to_write(report, actor)
        _refuse_more(report, "upload")
        file = ReportFile(report=report, kind=kind, title=clean_line(title), uploaded_by=actor)
        file.take(upload)
        file.save()
        record(report, "events.report.add_file", actor=actor)


def add_link(report: Report, *, actor: User, kind: str, title: str, url: str) -> None:
    with transaction.atomic():
        report = _lock_to_write(report, actor)
        _refuse_more(report, "url")
        ReportLink.objects.create(report=report, kind=kind, title=clean_line(title), url=url)
        record(report, "events.report.add_file", actor=actor)


def remove(attachment: ReportFile | ReportLink, *, actor: User) -> None:
    """Delete a file or a link of the report; with a file also its bytes."""
    with transaction.atomic():
        report = _lock_to_write(attachment.report, actor)
        attachment.delete()
        record(report, "events.report.remove_file", actor=actor)
        if isinstance(attachment, ReportFile):
            forget_bytes(attachment.file)


def act(report: Report, name: str, *, actor: User, version: int, note: str = "") -> Report:
    """Send, publish or return the report; `version` is the one that was read."""
    with transaction.atomic():
        report = _lock_report(report)
        refuse_changed(report, version)
        how: dict[str, Any] = {"published_at": now()} if name == "publish" else {}
        move(report, name, actor=actor, note=clean_block(note), **how)
        if name == "submit":
            open_item(report, PUBLISH, waits_for=Role.EVENTS)
        else:
            close_items(report)
        if name == "publish":
            suggest_report_to_library(report)
        if kind := TELLS.get(name):
            _tell(report, kind, note=clean_block(note))
    return report


def _fill(report: Report, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        clean = clean_line if name in LINES else clean_block if name in TEXTS else None
        setattr(report, name, clean(value) if clean else value)


def _lock_report(report: Report) -> Report:
    rows = Report.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(*RELATED).get(pk=report.pk)


def _lock_to_write(report: Report, actor: User) -> Report:
    report = lock(report, actor, "events.write_report", related=RELATED)
    if not report.is_written:
        raise WrongState(_("A submitted report cannot be changed. The WhatsOn team can return it."))
    return report


def _refuse_more(report: Report, field: str) -> None:
    if report.files.count() + report.links.count() >= MOST_FILES:
        message = _("There are %(most)s files and links already. Please take one out first.") % {
            "most": MOST_FILES
        }
        raise DomainError(message, fields={field: message})


def _tell(report: Report, kind: str, *, note: str) -> None:
    """Inform those who act for the organizer of the meeting, or else who wrote the report."""
    people = User.objects.filter(is_active=True)
    of_lead = people.filter(memberships__stakeholder=report.lead_id, memberships__role__in=MemberRole.WRITERS)
    readers = of_lead if report.lead_id else people.filter(pk=report.written_by_id or 0)
    notify_all(
        readers.distinct(),
        kind,
        key=f"report:{report.pk}:{kind}:{now().isoformat()}",
        url_name="events:report",
        url_args=[report.pk],
        facts={"event": report.event.title, "title": str(report), "note": note},
        subject=report,
    )


# --- What happened to reports of meetings, as sentences ----------------------------------------------

for _name, _text in (
    ("begin", gettext_lazy("%(actor)s began the report")),
    ("change", gettext_lazy("%(actor)s changed the report (%(fields)s)")),
    ("add_file", gettext_lazy("%(actor)s added a file or link to the report")),
    ("remove_file", gettext_lazy("%(actor)s removed a file or link from the report")),
):
    sentence(f"events.report.{_name}", _text, audience=Audience.SUBJECT)
