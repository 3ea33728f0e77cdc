"""The board as the desk sees it: rooms by slots of a day, what is not placed yet, what clashes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.formats import date_format

from core.time_display import hours_between
from events.board.queries_clashes import ClashWarning, clashes_of
from events.events.models import Event
from events.programme.models import OfficialItem, Placement, Programme, Room
from events.programme.queries import programme_of
from events.proposals.models import Proposal
from taxonomy.terms.models import Topic

PER_PAGE = 50  # of what is not placed yet
MOST_WARNINGS = 50  # that are written out at once
COLOURS = 6  # --mark-0 to --mark-5
BY_DEFAULT = [["09:00", "10:00"], ["10:15", "11:15"], ["13:15", "14:15"], ["14:30", "15:30"]]


class BoardCell(NamedTuple):
    """What is held in one column over `rows` rows; `slots` are (code, label) of those on the grid.

    Official items have a column of their own, without a room.
    """

    room: Room | None
    slots: list[tuple[str, str]]
    held: list[Any]
    rows: int


class BoardRow(NamedTuple):
    """One slot of the day, or a time off the grid, whose code is empty. A cell that began in an earlier row
    is not repeated."""

    code: str
    label: str
    official: BoardCell | None
    cells: list[BoardCell]


class Board(NamedTuple):
    programme: Programme
    days: list[date]
    day: date | None
    rooms: list[Room]
    rows: list[BoardRow]
    meetings: list[Proposal]  # those of the day, and of this page of what is not placed yet
    waiting: Page[Proposal]
    placed: bool
    clashes: list[ClashWarning]
    clashing: dict[int, list[ClashWarning]]  # by meeting
    themes: list[tuple[Topic, int]]  # each with the number of its colour

    @property
    def has_official(self) -> bool:
        return any(row.official for row in self.rows)


def events_for_desk(user: Any) -> "QuerySet[Event]":
    return Event.objects.visible_to(user).select_related("programme")


def programme_to_plan(event: Event) -> Programme:
    """Return the programme of the event, or an unsaved one with the slots of the default."""
    programme: Programme | None = getattr(event, "programme", None)
    return programme or Programme(event=event, slots=BY_DEFAULT)


def days_of(event: Event) -> list[date]:
    """Return the days of the event in its zone; none where it has no date."""
    if event.starts_at is None or event.ends_at is None:
        return []
    first = event.starts_at.astimezone(event.clock).date()
    last = (event.ends_at - timedelta(microseconds=1)).astimezone(event.clock).date()
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, 60))]


def slots_of(event: Event, programme: Programme) -> list[tuple[str, str]]:
    """Return (code, label) of every slot of every day."""
    return [
        (code_of(day, starts, ends), f"{date_format(day, 'D j F')} · {_hours_label(day, starts, ends)}")
        for day in days_of(event)
        for starts, ends in programme.hours
    ]


def code_of(day: date, starts: time, ends: time) -> str:
    return f"{day.isoformat()}T{starts:%H:%M}/{ends:%H:%M}"


def _hours_label(day: date, starts: time, ends: time) -> str:
    return hours_between(datetime.combine(day, starts), datetime.combine(day, ends))


def read_time(text: str) -> time:
    """Return a time of a day; 24:00 is the midnight at its end. Raises ValueError."""
    return time.fromisoformat("00:00" if text == "24:00" else text.zfill(5)).replace(tzinfo=None)


def end_of(ends: time) -> str:
    """Return the time as forms and files write it: midnight as 24:00."""
    return f"{ends:%H:%M}" if ends != time() else "24:00"


def instants(event: Event, day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Return start and end in UTC. An end at midnight is on the following day."""
    last = day + timedelta(days=1) if ends == time() else day
    clock = event.clock
    return (
        datetime.combine(day, starts, clock).astimezone(UTC),
        datetime.combine(last, ends, clock).astimezone(UTC),
    )


def is_within(event: Event, starts_at: datetime, ends_at: datetime) -> bool:
    """Return whether the span is during the event; any span is where the event has no date."""
    if event.starts_at is None or event.ends_at is None:
        return True
    return event.starts_at <= starts_at and ends_at <= event.ends_at


def accepted_meetings(event: Event) -> "QuerySet[Proposal]":
    """Return the meetings that can be placed."""
    return Proposal.objects.filter(event=event).accepted().order_by("number")


def board_of(event: Event, chosen: str = "", page: str | None = None) -> Board:
    """Return one day of the board, with one page of the meetings that are not placed yet."""
    programme = programme_to_plan(event)
    rooms = list(event.rooms.all())
    days = days_of(event)
    first_day = days[0] if days else None
    day = next((day for day in days if day.isoformat() == chosen), first_day)
    placed = _placed_on(event, day) if day else []
    without_place = (
        accepted_meetings(event).filter(_is_off(event, days)).select_related("lead", "placement", "theme")
    )
    waiting = Paginator(without_place, PER_PAGE).get_page(page)
    clashes = clashes_of(event.pk)
    clashing = defaultdict(list)
    for clash in clashes:
        for meeting in filter(None, (clash.meeting, clash.other_meeting)):
            clashing[meeting].append(clash)
    return Board(
        programme=programme,
        days=days,
        day=day,
        rooms=rooms,
        rows=_rows(event, programme, day, rooms, placed) if day else [],
        meetings=sorted(
            {*waiting, *(placement.proposal for placement in placed)},
            key=lambda proposal: proposal.number or 0,
        ),
        waiting=waiting,
        placed=bool(placed) or Placement.objects.filter(proposal__in=accepted_meetings(event)).exists(),
        clashes=clashes,
        clashing=clashing,
        themes=[(topic, at % COLOURS) for at, topic in enumerate(_themes_of(event))],
    )


def _themes_of(event: Event) -> "QuerySet[Topic]":
    return Topic.objects.filter(pk__in=accepted_meetings(event).order_by().values("theme")).in_order()


def _span_of(event: Event, day: date) -> tuple[datetime, datetime]:
    clock = event.clock
    return datetime.combine(day, time(), clock), datetime.combine(day + timedelta(days=1), time(), clock)


def _is_off(event: Event, days: list[date]) -> Q:
    """Return the condition for meetings without a place, or with one on none of `days`."""
    is_off = Q(placement__isnull=True)
    if days:
        begins, until = _span_of(event, days[0])[0], _span_of(event, days[-1])[1]
        is_off |= Q(placement__starts_at__lt=begins) | Q(placement__starts_at__gte=until)
    return is_off


def _placed_on(event: Event, day: date) -> list[Placement]:
    begins, until = _span_of(event, day)
    placed = Placement.objects.filter(starts_at__gte=begins, starts_at__lt=until)
    return list(
        placed.filter(proposal__in=accepted_meetings(event))
        .select_related("proposal__theme")
        .order_by("proposal__number")
    )


def _rows(
    event: Event, programme: Programme, day: date, rooms: list[Room], of_day: list[Placement]
) -> list[BoardRow]:
    clock = event.clock
    begins, until = _span_of(event, day)
    official = list(
        OfficialItem.objects.filter(event=event, starts_at__lt=until, ends_at__gt=begins).select_related(
            "room"
        )
    )
    grid = {instants(event, day, *hours): code_of(day, *hours) for hours in programme.hours}
    hours = set(grid)
    hours |= {
        (placement.starts_at, placement.ends_at)
        for placement in of_day
        if len(_spans_during(placement, grid)) < 2
    }
    hours |= {
        (max(item.starts_at, begins), min(item.ends_at, until))
        for item in official
        if not _spans_during(item, hours)
    }
    spans = sorted(hours)
    labels = [hours_between(starts.astimezone(clock), ends.astimezone(clock)) for starts, ends in spans]
    slots = [(grid.get(span, ""), label) for span, label in zip(spans, labels, strict=True)]
    columns = [
        _column(room, [placement for placement in of_day if placement.room_id == room.pk], spans, slots)
        for room in rooms
    ]
    items = _column(None, official, spans, slots) if official else {}
    return [
        BoardRow(*slot, items.get(at), [column[at] for column in columns if at in column])
        for at, slot in enumerate(slots)
    ]


def _spans_during(row: Any, spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return the spans that overlap the time of a meeting or an official item."""
    return [(starts, ends) for starts, ends in spans if row.starts_at < ends and starts < row.ends_at]


def _column(
    room: Room | None,
    held: Iterable[Any],
    spans: list[tuple[datetime, datetime]],
    slots: list[tuple[str, str]],
) -> dict[int, BoardCell]:
    """Return, by number of the row, the cell that begins there. Meetings that share a row share a cell."""
    cells: list[tuple[int, int, list[Any]]] = []
    for row in held:
        own = (row.starts_at, row.ends_at)
        at = [spans.index(own)] if own in spans else [spans.index(span) for span in _spans_during(row, spans)]
        cells.append((at[0], at[-1], [row]))
    cells += [(at, at, []) for at in range(len(spans))]
    merged: list[tuple[int, int, list[Any]]] = []
    for first, last, its in sorted(cells, key=lambda each: (each[0], -each[1])):
        if merged and first <= merged[-1][1]:
            begun, ended, before = merged[-1]
            merged[-1] = (begun, max(ended, last), [*before, *its])
        else:
            merged.append((first, last, its))
    return {
        first: BoardCell(room, [slot for slot in slots[first : last + 1] if slot[0]], its, last - first + 1)
        for first, last, its in merged
    }


def desk_part(user: Any, event: Event) -> Mapping[str, Any] | None:
    """Return how far the programme of an event is; None for a person who does not plan it."""
    if not event.has_programme or not user.has_perm("events.plan_programme", event):
        return None
    meetings = accepted_meetings(event)
    return {
        "programme": programme_of(event),
        "accepted": meetings.count(),
        "waiting": meetings.filter(placement=None).count(),
    }
