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
from events.programme.queries import ProgrammeLine, programme_of, stamp_of

KEPT_SECONDS = 24 * 3600


def programme_pdf(event: Event, lines: Iterable[ProgrammeLine]) -> bytes:
    """Return the programme as PDF, cached for each version, cancellation and language."""
    key = f"programme-pdf:{settings.RELEASE}:{stamp_of(event)}:{get_language()}"
    pdf: Any = cache.get_or_set(key, lambda: typeset("programme", _data(event, lines)), KEPT_SECONDS)
    return bytes(pdf)


def _data(event: Event, lines: Iterable[ProgrammeLine]) -> dict[str, Any]:
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
            {"name": date_format(day, "l, j F Y"), "lines": [_line_texts(line) for line in of_day]}
            for day, of_day in groupby(lines, key=lambda line: line.starts.date())
        ],
    }


def _line_texts(line: ProgrammeLine) -> dict[str, Any]:
    late = ""
    if line.late:
        day = date_format(line.late, "j F")
        late = _("Changed on %(day)s, after the programme was fixed") % {"day": day}
    return {
        "hours": line.hours,
        "room": line.room,
        "number": str(line.number or ""),
        "title": line.title,
        "organizers": " · ".join(name for _pk, name in line.organizers),
        "cancelled": line.cancelled,
        "late": late,
    }
