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
from events.programme.queries import Line, ReleasedMeeting
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


def programme_csv(event: Event, lines: Iterable[Line]) -> str:
    """What is public, for spreadsheets."""
    rows = [
        [
            str(one.number or ""),
            one.starts.date().isoformat(),
            f"{one.starts:%H:%M}",
            f"{one.ends:%H:%M}",
            event.zone,
            one.room,
            one.title,
            one.language,
            "; ".join(name for _pk, name in one.organizers),
            one.theme,
            "cancelled" if one.cancelled else "",
            meeting_address(event, one.number) if one.number else "",
        ]
        for one in lines
    ]
    return csv_text(PUBLIC_HEADS, *rows)


def calendar(event: Event, shown: Iterable[ReleasedMeeting], *, name: str) -> str:
    """Meetings as a calendar to subscribe to; what was cancelled or taken out is told as cancelled."""
    url = settings.SITE_URL + reverse("events:programme", args=[event.pk, event.slug])
    return ics.calendar([entry_of(event, one) for one in shown], name=name, url=url)


def entry_of(event: Event, one: ReleasedMeeting) -> ics.Entry:
    """One meeting as calendars keep it; never the link for taking part."""
    cancelled = one.is_off or event.is_cancelled or one.status == ProposalStatus.CANCELLED
    title = f"{one.number} · {one.title}"
    changes = [one.changed_at, *([one.updated_at] if cancelled else [])]
    return ics.Entry(
        uid=f"meeting-{one.pk}@{settings.SITE_URL.rpartition('/')[2].partition(':')[0]}",
        title=_("Cancelled: %(title)s") % {"title": title} if cancelled else title,
        starts=one.starts_at,
        ends=one.ends_at,
        zone=event.zone,
        # A cancellation, of it or of the whole event, comes after every change of its time.
        changed=max(*changes, event.updated_at) if event.is_cancelled else max(changes),
        sequence=one.sequence + (cancelled and not one.is_off),
        cancelled=cancelled,
        language=one.language or "",
        about="\n".join(filter(None, (one.lead, one.summary))),
        place=pgettext("between the parts of an address", ", ").join(
            filter(None, (one.room_told(event.language_id), event.venue, event.city))
        ),
        url=meeting_address(event, one.number or 0),
    )
