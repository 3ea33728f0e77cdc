"""What is public of a programme, as calendars and as CSV."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import ics
from core.spreadsheets import csv_text
from events.events.files import meeting_address
from events.events.models import Event
from events.programme.queries import ProgrammeLine, ReleasedMeeting
from events.proposals.enums import ProposalStatus

PUBLIC_HEADS = (
    "number",
    "day",
    "starts",
    "ends",
    "zone",
    "room",
    "title",
    "language",
    "organizers",
    "theme",
    "status",
    "address",
)


def programme_csv(event: Event, lines: Iterable[ProgrammeLine]) -> str:
    """Return the public programme as CSV."""
    rows = [
        [
            str(line.number or ""),
            line.starts.date().isoformat(),
            f"{line.starts:%H:%M}",
            f"{line.ends:%H:%M}",
            event.zone,
            line.room,
            line.title,
            line.language,
            "; ".join(name for _pk, name in line.organizers),
            line.theme,
            "cancelled" if line.cancelled else "",
            meeting_address(event, line.number) if line.number else "",
        ]
        for line in lines
    ]
    return csv_text(PUBLIC_HEADS, *rows)


def calendar(event: Event, shown: Iterable[ReleasedMeeting], *, name: str) -> str:
    """Return meetings as a calendar file; cancelled and removed ones have the status CANCELLED."""
    url = settings.SITE_URL + reverse("events:programme", args=[event.pk, event.slug])
    return ics.calendar([entry_of(event, meeting) for meeting in shown], name=name, url=url)


def entry_of(event: Event, meeting: ReleasedMeeting) -> ics.Entry:
    """Return the calendar entry of one meeting; the link for taking part is not in it."""
    cancelled = meeting.is_off or event.is_cancelled or meeting.status == ProposalStatus.CANCELLED
    title = f"{meeting.number} · {meeting.title}"
    changes = [meeting.changed_at, *([meeting.updated_at] if cancelled else [])]
    return ics.Entry(
        uid=f"meeting-{meeting.pk}@{settings.SITE_URL.rpartition('/')[2].partition(':')[0]}",
        title=_("Cancelled: %(title)s") % {"title": title} if cancelled else title,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        zone=event.zone,
        # A cancellation, of it or of the whole event, comes after every change of its time.
        changed=max(*changes, event.updated_at) if event.is_cancelled else max(changes),
        sequence=meeting.sequence + (cancelled and not meeting.is_off),
        cancelled=cancelled,
        language=meeting.language or "",
        about="\n".join(filter(None, (meeting.lead, meeting.summary))),
        place=pgettext("between the parts of an address", ", ").join(
            filter(None, (meeting.room_name(event.language_id), event.venue, event.city))
        ),
        url=meeting_address(event, meeting.number or 0),
    )
