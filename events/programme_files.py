"""The programme as files: the board as CSV, out and in; what is public as calendars and as CSV."""

import csv
import io
from collections.abc import Iterable
from datetime import date, time

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import ics
from core.errors import DomainError
from core.spreadsheet_cells import unescaped_cell
from core.spreadsheets import csv_text
from events.actions.placing import Wanted
from events.enums import ProposalStatus
from events.models import Event, Placement, Proposal, Room
from events.queries.board import acceptable, instants, is_within
from events.queries.programme import Line, Released

HEADS = ("number", "room", "day", "starts", "ends", "title", "lead")
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
MOST_LINES = 2000


def board_csv(event: Event) -> str:
    """Every accepted meeting and where the board has it; times by the event's clock."""
    rows = []
    for one in acceptable(event).select_related("lead", "placement__room"):
        placed: Placement | None = getattr(one, "placement", None)
        where = _cells(placed, event) if placed else ["", "", "", ""]
        rows.append([str(one.number), *where, one.title, one.lead.name])
    return csv_text(HEADS, *rows)


def read_board(event: Event, text: str) -> list[Wanted]:
    """What a file wants, line by line; a line without a room is left as it is.

    Raises DomainError with all that is wrong, each with its line, so that nothing is half applied.
    """
    try:
        table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        missing = [name for name in HEADS[:5] if name not in (table.fieldnames or ())]
        lines = [] if missing else list(table)
    except csv.Error as broken:
        raise DomainError(_("The file is no table: %(error)s") % {"error": broken}) from broken
    if missing:
        raise DomainError(_("The file lacks the columns: %(names)s.") % {"names": ", ".join(missing)})
    if len(lines) > MOST_LINES:
        raise DomainError(_("The file has more than 2,000 lines."))
    meetings = {str(one.number): one for one in acceptable(event)}
    rooms = {one.name: one for one in event.rooms.all()}
    wanted: list[Wanted] = []
    wrong: list[str] = []
    seen: set[str] = set()
    for at, line in enumerate(lines, start=2):
        cells = {name: unescaped_cell((line.get(name) or "").strip()) for name in HEADS[:5]}
        if not cells["room"] and not cells["day"]:
            continue
        try:
            if cells["number"] in seen:
                raise DomainError(_("meeting %(number)s stands twice.") % {"number": cells["number"]})  # noqa: TRY301
            wanted.append(_wanted(event, cells, meetings, rooms))
        except DomainError as bad:
            wrong.append(_("Line %(line)s: %(what)s") % {"line": at, "what": bad})
        seen.add(cells["number"])
    if wrong:
        raise DomainError("\n".join(wrong[:50]))
    return wanted


def _wanted(
    event: Event, cells: dict[str, str], meetings: dict[str, Proposal], rooms: dict[str, Room]
) -> Wanted:
    meeting, room = meetings.get(cells["number"]), rooms.get(cells["room"])
    if meeting is None:
        raise DomainError(_("there is no accepted meeting %(number)s.") % {"number": cells["number"] or "–"})
    if room is None:
        raise DomainError(_("there is no room “%(room)s”.") % {"room": cells["room"][:80]})
    try:
        day = date.fromisoformat(cells["day"])
        starts, ends = (time.fromisoformat(cells[name].zfill(5)) for name in ("starts", "ends"))
        starts_at, ends_at = instants(event, day, starts.replace(tzinfo=None), ends.replace(tzinfo=None))
    except (ValueError, OverflowError) as bad:
        raise DomainError(_("days are written 2027-05-03, hours 09:30.")) from bad
    if ends_at <= starts_at:
        raise DomainError(_("it ends before it begins."))
    if not is_within(event, starts_at, ends_at):
        raise DomainError(_("this is before or after the event."))
    return Wanted(meeting, room, starts_at, ends_at)


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
            address_of(event, one.number) if one.number else "",
        ]
        for one in lines
    ]
    return csv_text(PUBLIC_HEADS, *rows)


def calendar(event: Event, shown: Iterable[Released], *, name: str) -> str:
    """Meetings as a calendar to subscribe to; what was cancelled or taken out is told as cancelled."""
    url = settings.SITE_URL + reverse("events:programme", args=[event.pk, event.slug])
    return ics.calendar([entry_of(event, one) for one in shown], name=name, url=url)


def entry_of(event: Event, one: Released) -> ics.Entry:
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
        url=address_of(event, one.number or 0),
    )


def address_of(event: Event, number: int) -> str:
    return settings.SITE_URL + reverse("events:meeting", args=[event.pk, event.slug, number])


def _cells(placed: Placement, event: Event) -> list[str]:
    starts, ends = (one.astimezone(event.clock) for one in (placed.starts_at, placed.ends_at))
    return [placed.room.name, starts.date().isoformat(), f"{starts:%H:%M}", f"{ends:%H:%M}"]
