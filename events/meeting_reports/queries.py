"""What pages about reports show, and what the library holds of a meeting or an event."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from events.events.enums import Mode
from events.events.models import Event
from events.hooks import Act, Urgency
from events.meeting_reports.enums import LinkKind
from events.meeting_reports.models import LibraryEntry, Report
from events.proposals.models import Proposal
from events.registrations.models import Registration
from resources.library.queries_pages import among
from resources.records.enums import ResourceKind


def can_begin(user: Any, event: Event, meeting: Proposal | None = None) -> bool:
    """Return whether the person may write the report: its subject has begun, and is theirs or the desk's."""
    if event.is_cancelled or event.is_draft:
        return False
    if meeting is None:
        has_begun = event.has_started or event.is_over
    else:
        shown = getattr(meeting, "shown", None)
        has_begun = bool(
            meeting.status == "accepted" and shown and not shown.is_off and shown.starts_at <= now()
        )
    return has_begun and user.has_perm("events.write_report", Report(event=event, proposal=meeting))


class ReportPart(NamedTuple):
    """The published report, the person's own one, and whether they may begin one."""

    report: Report | None
    own: Report | None
    may_begin: bool


def report_on(user: Any, event: Event, meeting: Proposal | None = None) -> ReportPart:
    """Return the report of a meeting, or of the event itself, as the person may see it."""
    report = (
        Report.objects.visible_to(user)
        .filter(event=event, proposal=meeting)
        .select_related("event", "proposal", "language")
        .prefetch_related("files", "links")
        .first()
    )
    may_begin = bool(
        report is None
        and user.is_authenticated
        and not Report.objects.filter(event=event, proposal=meeting).exists()
        and can_begin(user, event, meeting)
    )
    has_a_say = report is not None and user.has_perm("events.write_report", report)
    return ReportPart(
        report if report is not None and report.is_published else None,
        report if has_a_say else None,
        may_begin,
    )


def part_of(user: Any, event: Event) -> dict[str, Any] | None:
    """Return the part of an event's page; None where there is nothing to read or to write."""
    part = report_on(user, event)
    return {**part._asdict(), "act": _act(event, part)} if any(part) else None


def _act(event: Event, part: ReportPart) -> Act | None:
    """Return what there is to see of an event that was held, or that its report can be written."""
    if part.report:
        recorded = any(link.kind == LinkKind.RECORDING for link in part.report.links.all())
        label = _("See the recordings") if recorded else _("Read the report")
        return Act(Urgency.LOOK_BACK, label, "#report")
    if part.may_begin and not part.own:
        url = reverse("events:write_report", args=[event.pk, event.slug])
        return Act(Urgency.LOOK_BACK, _("Write the report"), url)
    return None


def attendance_counts(event: Event) -> dict[str, int]:
    """Return how many were counted in at registration, by mode, as initial values of a report."""
    rows = Registration.objects.filter(rules__event=event, attended_at__isnull=False).order_by()
    counts = dict(rows.values_list("mode").annotate(n=Count("pk")))
    names = {Mode.IN_PERSON.value: "attended_in_person", Mode.ONLINE.value: "attended_online"}
    return {name: counts[mode] for mode, name in names.items() if mode in counts}


# --- What the library holds of a meeting, or of an event and its meetings ----------------------------

MOST = 20


def held_of(user: Any, event: Event, meeting: Proposal | None = None) -> Mapping[str, Any] | None:
    """Return the records of the library that the person may read, the newest first.

    Without a meeting these are the records of the whole event, those of its meetings too.
    """
    rows = LibraryEntry.objects.filter(event=event)
    if meeting is not None:
        rows = rows.filter(proposal=meeting)
    lines = among(user, rows.values("resource"), most=MOST)
    recorded = any(line.resource.kind == ResourceKind.VIDEO for line in lines)
    act = Act(Urgency.LOOK_BACK, _("See the recordings"), "#library") if recorded else None
    return {"lines": lines, "act": act} if lines else None
