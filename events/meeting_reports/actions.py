"""Writing the report of a meeting or an event, and letting it be public."""

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
    """A draft. Raises WrongState where a colleague has begun one meanwhile."""
    if not can_begin(actor, event, meeting):
        raise PermissionDenied
    one = Report(event=event, proposal=meeting, written_by=actor)
    _fill(one, values)
    try:
        with transaction.atomic():
            one.save()
            record(one, "events.report.begin", actor=actor)
    except IntegrityError:
        raise WrongState(_("A colleague has begun this report meanwhile. Open theirs.")) from None
    return one


def save_report(
    one: Report, *, actor: User, values: Mapping[str, Any], fields: list[str], version: int
) -> Report:
    """Change a report that is a draft or was returned; of two who write, the second is told."""
    with transaction.atomic():
        kept = _written(one, actor)
        refuse_changed(kept, version)
        _fill(kept, values)
        kept.version += 1
        kept.save()
        record(kept, "events.report.change", actor=actor, fields=", ".join(fields))
    return kept


def add_file(one: Report, *, actor: User, kind: str, title: str, upload: UploadedFile) -> None:
    with transaction.atomic():
        kept = _written(one, actor)
        _refuse_more(kept, "upload")
        file = ReportFile(report=kept, kind=kind, title=clean_line(title), uploaded_by=actor)
        file.take(upload)
        file.save()
        record(kept, "events.report.add_file", actor=actor)


def add_link(one: Report, *, actor: User, kind: str, title: str, url: str) -> None:
    with transaction.atomic():
        kept = _written(one, actor)
        _refuse_more(kept, "url")
        ReportLink.objects.create(report=kept, kind=kind, title=clean_line(title), url=url)
        record(kept, "events.report.add_file", actor=actor)


def remove(what: ReportFile | ReportLink, *, actor: User) -> None:
    """Take a file or a link away; the bytes go with the row."""
    with transaction.atomic():
        kept = _written(what.report, actor)
        what.delete()
        record(kept, "events.report.remove_file", actor=actor)
        if isinstance(what, ReportFile):
            forget_bytes(what.file)


def act(one: Report, name: str, *, actor: User, version: int, note: str = "") -> Report:
    """Send, publish or send back; `version` is the one that was read."""
    with transaction.atomic():
        kept = _locked(one)
        refuse_changed(kept, version)
        how: dict[str, Any] = {"published_at": now()} if name == "publish" else {}
        move(kept, name, actor=actor, note=clean_block(note), **how)
        if name == "submit":
            open_item(kept, PUBLISH, waits_for=Role.EVENTS)
        else:
            close_items(kept)
        if name == "publish":
            suggest_report_to_library(kept)
        if kind := TELLS.get(name):
            _tell(kept, kind, note=clean_block(note))
    return kept


def _fill(one: Report, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        clean = clean_line if name in LINES else clean_block if name in TEXTS else None
        setattr(one, name, clean(value) if clean else value)


def _locked(one: Report) -> Report:
    rows = Report.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(*RELATED).get(pk=one.pk)


def _written(one: Report, actor: User) -> Report:
    kept = lock(one, actor, "events.write_report", related=RELATED)
    if not kept.is_written:
        raise WrongState(_("A submitted report cannot be changed. The desk can return it."))
    return kept


def _refuse_more(kept: Report, field: str) -> None:
    if kept.files.count() + kept.links.count() >= MOST_FILES:
        message = _("There are %(most)s files and links already. Please take one out first.") % {
            "most": MOST_FILES
        }
        raise DomainError(message, fields={field: message})


def _tell(kept: Report, kind: str, *, note: str) -> None:
    """Those who act for its organizer, and who wrote it."""
    people = User.objects.filter(is_active=True)
    of_lead = people.filter(memberships__stakeholder=kept.lead_id, memberships__role__in=MemberRole.WRITERS)
    told = of_lead if kept.lead_id else people.filter(pk=kept.written_by_id or 0)
    notify_all(
        told.distinct(),
        kind,
        key=f"report:{kept.pk}:{kind}:{now().isoformat()}",
        url_name="events:report",
        url_args=[kept.pk],
        facts={"event": kept.event.title, "title": str(kept), "note": note},
        subject=kept,
    )


# --- What happened to reports of meetings, as sentences ----------------------------------------------

for _name, _text in (
    ("begin", gettext_lazy("%(actor)s began the report")),
    ("change", gettext_lazy("%(actor)s changed the report (%(fields)s)")),
    ("add_file", gettext_lazy("%(actor)s added a file or link to the report")),
    ("remove_file", gettext_lazy("%(actor)s removed a file or link from the report")),
    ("submit", gettext_lazy("%(actor)s submitted the report")),
    ("publish", gettext_lazy("%(actor)s published the report")),
    ("return", gettext_lazy("%(actor)s sent the report back")),
):
    sentence(f"events.report.{_name}", _text, audience=Audience.SUBJECT)
