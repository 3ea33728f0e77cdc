"""Export and import of the board as CSV."""

import csv
import io
from datetime import date

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.spreadsheet_cells import unescaped_cell
from events.board.actions import WantedPlace
from events.board.queries import accepted_meetings, end_of, instants, is_within, read_time
from events.events.models import Event
from events.programme.models import Placement, Room
from events.proposals.models import Proposal

HEADS = ("number", "room", "day", "starts", "ends", "title", "lead")
MOST_LINES = 2000


def board_rows(event: Event) -> list[list[str]]:
    """Return every accepted meeting with its place on the board; times are in the event's zone."""
    rows = []
    for meeting in accepted_meetings(event).select_related("lead", "placement__room"):
        placed: Placement | None = getattr(meeting, "placement", None)
        where = _placement_cells(placed, event) if placed else ["", "", "", ""]
        rows.append([str(meeting.number), *where, meeting.title, meeting.lead.name])
    return rows


def read_board(event: Event, text: str) -> list[WantedPlace]:
    """Return the places that a file asks for; lines without a room and day are skipped.

    Raises DomainError that names every wrong line, so that a file is applied as a whole or not at all.
    """
    try:
        table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        missing = [name for name in HEADS[:5] if name not in (table.fieldnames or ())]
        lines = [] if missing else list(table)
    except csv.Error as broken:
        raise DomainError(_("The file is not a table: %(error)s") % {"error": broken}) from broken
    if missing:
        raise DomainError(_("The file lacks the columns: %(names)s.") % {"names": ", ".join(missing)})
    if len(lines) > MOST_LINES:
        raise DomainError(_("The file has more than 2,000 lines."))
    meetings = {str(meeting.number): meeting for meeting in accepted_meetings(event)}
    rooms = {room.name: room for room in event.rooms.all()}
    wanted: list[WantedPlace] = []
    wrong: list[str] = []
    numbers: set[str] = set()
    for at, line in enumerate(lines, start=2):
        cells = {name: unescaped_cell((line.get(name) or "").strip()) for name in HEADS[:5]}
        if not cells["room"] and not cells["day"]:
            continue
        try:
            if cells["number"] in numbers:
                raise DomainError(_("meeting %(number)s appears twice.") % {"number": cells["number"]})  # noqa: TRY301
            wanted.append(_place_wanted(event, cells, meetings, rooms))
        except DomainError as bad:
            wrong.append(_("Line %(line)s: %(what)s") % {"line": at, "what": bad})
        numbers.add(cells["number"])
    if wrong:
        raise DomainError("\n".join(wrong[:50]))
    return wanted


def _place_wanted(
    event: Event, cells: dict[str, str], meetings: dict[str, Proposal], rooms: dict[str, Room]
) -> WantedPlace:
    meeting, room = meetings.get(cells["number"]), rooms.get(cells["room"])
    if meeting is None:
        raise DomainError(_("there is no accepted meeting %(number)s.") % {"number": cells["number"] or "–"})
    if room is None:
        raise DomainError(_("there is no room “%(room)s”.") % {"room": cells["room"][:80]})
    try:
        day = date.fromisoformat(cells["day"])
        starts_at, ends_at = instants(event, day, read_time(cells["starts"]), read_time(cells["ends"]))
    except (ValueError, OverflowError) as bad:
        raise DomainError(_("days are written 2027-05-03, hours 09:30.")) from bad
    if ends_at <= starts_at:
        raise DomainError(_("it ends before it begins."))
    if not is_within(event, starts_at, ends_at):
        raise DomainError(_("this is before or after the event."))
    return WantedPlace(meeting, room, starts_at, ends_at)


def _placement_cells(placed: Placement, event: Event) -> list[str]:
    starts, ends = (instant.astimezone(event.clock) for instant in (placed.starts_at, placed.ends_at))
    return [placed.room.name, starts.date().isoformat(), f"{starts:%H:%M}", end_of(ends.time())]
