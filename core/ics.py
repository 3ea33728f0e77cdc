"""Calendar files (RFC 5545, RFC 7986): the one place that writes them.

A zone is told by its IANA name, with a VTIMEZONE of exactly the changes of clocks that the entries need, so
that a calendar which knows the zone may use its own rules and one that does not is right all the same.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.text import printable

PRODUCT = "-//WhatsOn//Calendar//EN"
TYPE = "text/calendar; charset=utf-8"
REFRESH = "PT12H"
LONGEST_LINE = 75  # octets, without the line end
# No zone has changed its clocks twice within a week since 1970.
_STEP = timedelta(days=7)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
_UTC = frozenset(("UTC", "Etc/UTC", "Etc/UCT", "Etc/Zulu"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a calendar. `starts` and `ends` are aware; with `whole_days` they are midnights of `zone`.

    `changed` is when it was last changed; `sequence` rises with every change that calendars have to learn of.
    `organizer` and `attendee` are (name, address); an address is needed for each that is given. What ends
    as it starts is an instant that takes nobody's time. `alarms` are durations before it, as "-P3D".
    """

    uid: str
    title: str
    starts: datetime
    ends: datetime
    zone: str
    changed: datetime
    whole_days: bool = False
    sequence: int = 0
    cancelled: bool = False
    language: str = ""
    about: str = ""
    place: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    organizer: tuple[str, str] = ("", "")
    attendee: tuple[str, str] = ("", "")
    alarms: tuple[str, ...] = ()


def calendar(entries: Iterable[Entry], *, name: str, url: str = "", about: str = "", method: str = "") -> str:
    """A calendar file. `method`: REQUEST or CANCEL for one that is mailed, empty for one to subscribe to."""
    entries = list(entries)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines.append(f"METHOD:{method or 'PUBLISH'}")
    if not method:
        escaped_name = _escaped(name)
        lines += [f"NAME:{escaped_name}", f"X-WR-CALNAME:{escaped_name}"]
        if about:
            lines.append(f"DESCRIPTION:{_escaped(about)}")
        if url:
            lines.append(f"URL:{_plain(url)}")
        lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}", f"X-PUBLISHED-TTL:{REFRESH}"]
    for zone, first, last in _zones(entries):
        lines += _timezone(zone, first, last)
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold_line(line)}\r\n" for line in lines)


def fold_line(line: str) -> str:
    """At most 75 octets to a line, never within a character."""
    raw = line.encode()
    if len(raw) <= LONGEST_LINE:
        return line
    parts, start, room = [], 0, LONGEST_LINE
    while len(raw) - start > room:
        end = start + room
        while raw[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(raw[start:end])
        start, room = end, LONGEST_LINE - 1
    parts.append(raw[start:])
    return b"\r\n ".join(parts).decode()


def _event(entry: Entry) -> list[str]:
    in_language = f";LANGUAGE={entry.language}" if entry.language else ""
    changed = f"{entry.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_plain(entry.uid)}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART{_moment(entry.starts, entry)}",
        *([] if entry.ends == entry.starts else [f"DTEND{_moment(entry.ends, entry)}"]),
        f"SUMMARY{in_language}:{_escaped(entry.title)}",
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        f"TRANSP:{'TRANSPARENT' if _is_free(entry) else 'OPAQUE'}",
    ]
    if entry.about:
        lines.append(f"DESCRIPTION{in_language}:{_escaped(entry.about)}")
    if entry.place:
        lines.append(f"LOCATION:{_escaped(entry.place)}")
    if entry.categories:
        lines.append(f"CATEGORIES:{','.join(_escaped(category) for category in entry.categories)}")
    if entry.url:
        lines.append(f"URL:{_plain(entry.url)}")
    if entry.organizer[1]:
        lines.append(f"ORGANIZER;CN={_quoted(entry.organizer[0])}:mailto:{_plain(entry.organizer[1])}")
    if entry.attendee[1]:
        lines.append(f"ATTENDEE;CN={_quoted(entry.attendee[0])}:mailto:{_plain(entry.attendee[1])}")
    for ahead in () if entry.cancelled else entry.alarms:
        description = f"DESCRIPTION:{_escaped(entry.title)}"
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", description, f"TRIGGER:{ahead}", "END:VALARM"]
    lines.append("END:VEVENT")
    return lines


def _is_free(entry: Entry) -> bool:
    """Whether one can be elsewhere meanwhile."""
    return entry.whole_days or entry.cancelled or entry.starts == entry.ends


def _moment(moment: datetime, entry: Entry) -> str:
    local = moment.astimezone(ZoneInfo(entry.zone))
    if entry.whole_days:
        return f";VALUE=DATE:{local:%Y%m%d}"
    if entry.zone in _UTC:
        return f":{local:%Y%m%dT%H%M%SZ}"
    return f";TZID={entry.zone}:{local:%Y%m%dT%H%M%S}"


def _zones(entries: Iterable[Entry]) -> list[tuple[str, int, int]]:
    """(zone, first year, last year) of each zone that is named."""
    years: dict[str, tuple[int, int]] = {}
    for entry in entries:
        if entry.whole_days or entry.zone in _UTC:
            continue
        first, last = years.get(entry.zone, (9999, 0))
        years[entry.zone] = min(first, entry.starts.year), max(last, entry.ends.year)
    return [(zone, first, last) for zone, (first, last) in sorted(years.items())]


@lru_cache(maxsize=512)
def _timezone(zone: str, first: int, last: int) -> tuple[str, ...]:
    clock = ZoneInfo(zone)
    begin = datetime(first - 1, 1, 1, tzinfo=UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    lines += _observance(begin.astimezone(clock).utcoffset() or timedelta(), begin.astimezone(clock))
    for moment in _changes(clock, begin, datetime(last + 2, 1, 1, tzinfo=UTC)):
        before = (moment - timedelta(seconds=1)).astimezone(clock).utcoffset() or timedelta()
        lines += _observance(before, moment.astimezone(clock))
    return (*lines, "END:VTIMEZONE")


def _observance(before: timedelta, local: datetime) -> list[str]:
    """From the instant `local` on; the onset is told by the clock that stood `before` it."""
    after = local.utcoffset() or timedelta()
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    onset = local.astimezone(UTC).replace(tzinfo=None) + before
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(before)}",
        f"TZOFFSETTO:{_offset(after)}",
        f"TZNAME:{_plain(local.tzname() or '')}",
        f"END:{kind}",
    ]


def _changes(clock: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The instants (UTC) at which the clock is put forward or back, to the second."""
    early = begin
    while early < end:
        late = early + _STEP
        if _state(early, clock) != _state(late, clock):
            low, high = early, late
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                if _state(middle, clock) == _state(low, clock):
                    low = middle
                else:
                    high = middle
            yield high
        early = late


def _state(moment: datetime, clock: ZoneInfo) -> tuple[timedelta | None, str | None]:
    local = moment.astimezone(clock)
    return local.utcoffset(), local.tzname()


def _offset(offset: timedelta) -> str:
    sign = "-" if offset < timedelta() else "+"
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02}{minutes:02}" + (f"{seconds:02}" if seconds else "")


def _escaped(text: str) -> str:
    text = _CONTROLS.sub("", printable(text).replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _plain(text: str) -> str:
    """A value that is no text: an address or an identifier on one line."""
    return _CONTROLS.sub("", printable(text)).replace("\n", "").replace("\t", "")


def _quoted(text: str) -> str:
    return f'"{_plain(text).replace(chr(34), chr(39))}"'
