"""When an event is, as people read it: in its own zone, and in the reader's where that differs."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.time_display import last_minute, place_of
from events.events.models import Event


class When(NamedTuple):
    """`text` is in the event's zone, `own` in the reader's, or "" where both read the same."""

    text: str
    own: str


def when(event: Event, reader_zone: str = "") -> When:
    """Return "3 May 2027, 09:00 to 12:00 (Vienna time, UTC+2)"; days alone where it lasts whole days."""
    if event.starts_at is None or event.ends_at is None:
        return When(_("The date is not known."), "")
    if event.whole_days:
        first, last = days_of(event)
        if first == last:
            return When(date_format(first), "")
        return When(_("%(first)s to %(last)s") % {"first": date_format(first), "last": date_format(last)}, "")
    text = _span(event.starts_at, event.ends_at, event.zone)
    if not reader_zone or not _differs(event.starts_at, event.zone, reader_zone):
        return When(text, "")
    return When(text, _span(event.starts_at, event.ends_at, reader_zone))


def begins(event: Event) -> dict[str, Any]:
    """Return the facts of an e-mail from which `{% its_clock %}` shows the start; none without a date."""
    if event.starts_at is None:
        return {}
    return {"starts": event.starts_at.isoformat(), "zone": event.zone, "whole_days": event.whole_days}


def hour(event: Event) -> str:
    """For a narrow cell: when it begins, as "09:00, UTC+2"; "" for what lasts whole days or several."""
    if event.whole_days or event.starts_at is None:
        return ""
    first, last = days_of(event)
    starts = event.starts_at.astimezone(event.clock)
    return f"{starts:%H:%M}, {_utc(starts)}" if first == last else ""


def known_clock(name: Any) -> str:
    """Return the name where it is that of a zone, else ""."""
    try:
        return name if isinstance(name, str) and name and ZoneInfo(name) else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


def days_of(event: Event) -> tuple[date, date]:
    """Return the first and the last day, in the event's zone, of an event that has a date."""
    if event.starts_at is None or event.ends_at is None:
        raise ValueError("The event has no date.")
    last = (event.ends_at - timedelta(microseconds=1)).astimezone(event.clock)
    return event.starts_at.astimezone(event.clock).date(), last.date()


def _differs(moment: datetime, zone: str, other: str) -> bool:
    if not known_clock(other):
        return False
    return moment.astimezone(ZoneInfo(zone)).utcoffset() != moment.astimezone(ZoneInfo(other)).utcoffset()


def _span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    starts, ends = starts_at.astimezone(ZoneInfo(zone)), last_minute(ends_at.astimezone(ZoneInfo(zone)))
    facts = {
        "first": date_format(starts.date()),
        "start": f"{starts:%H:%M}",
        "last": date_format(ends.date()),
        "end": f"{ends:%H:%M}",
        "zone": _zone(starts, zone),
    }
    if starts.date() == ends.date():
        return _("%(first)s, %(start)s to %(end)s (%(zone)s)") % facts
    return _("%(first)s, %(start)s to %(last)s, %(end)s (%(zone)s)") % facts


def _zone(local: datetime, zone: str) -> str:
    """Return "Vienna time, UTC+2"."""
    if zone in ("UTC", "Etc/UTC"):
        return "UTC"
    return pgettext("time zone", "%(place)s time, %(utc)s") % {"place": place_of(zone), "utc": _utc(local)}


def _utc(local: datetime) -> str:
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")
