"""The released programme on paper, in the reader's language."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, pgettext
from django.utils.translation import gettext as _

from core.pdf import typeset
from core.time_display import place_of
from events.events.models import Event
from events.programme.queries import Line, programme_of, stamp_of

KEPT_SECONDS = 24 * 3600


def programme_pdf(event: Event, lines: Iterable[Line]) -> bytes:
    """Set once for each version, cancellation and language, then kept: it takes half a second."""
    key = f"programme-pdf:{settings.RELEASE}:{stamp_of(event)}:{get_language()}"
    made: Any = cache.get_or_set(key, lambda: typeset("programme", _data(event, lines)), KEPT_SECONDS)
    return bytes(made)


def _data(event: Event, lines: Iterable[Line]) -> dict[str, Any]:
    programme = programme_of(event)
    number, at = (programme.released, programme.released_at) if programme else (0, None)
    return {
        "language": get_language() or "en",
        "rtl": get_language_bidi(),
        "name": _("Programme"),
        "title": event.told_title[0],
        "lead": _("All times are in %(place)s time.") % {"place": place_of(event.zone)},
        "footer": _("Version %(number)s of %(day)s")
        % {"number": number, "day": date_format(at.astimezone(event.clock)) if at else ""},
        "cancelled": pgettext("a meeting", "Cancelled"),
        "heads": [
            pgettext("heading of a column", "Time"),
            _("Room"),
            pgettext("part of a programme", "Meeting"),
            _("Organizers"),
        ],
        "days": [
            {"name": date_format(day, "l, j F Y"), "lines": [_said(one) for one in of_day]}
            for day, of_day in groupby(lines, key=lambda one: one.starts.date())
        ],
    }


def _said(one: Line) -> dict[str, Any]:
    late = ""
    if one.late:
        day = date_format(one.late, "j F")
        late = _("Changed on %(day)s, after the programme was fixed") % {"day": day}
    return {
        "hours": one.hours,
        "room": one.room,
        "number": str(one.number or ""),
        "title": one.title,
        "organizers": " · ".join(name for _pk, name in one.organizers),
        "cancelled": one.cancelled,
        "late": late,
    }
