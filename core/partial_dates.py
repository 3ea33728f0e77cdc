"""Dates as sources give them: a day, a month, or only a year.

Kept as text ("2021-11-01", "2021-11", "2021"; "" for none), which sorts by time.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

_SHAPE = re.compile(r"\A(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
EARLIEST, LATEST = 1945, 2100


def check_partial(text: str) -> None:
    """Raise ValidationError unless `text` is a day, a month or a year within living memory."""
    try:
        ok = EARLIEST <= first_day(text).year < LATEST
    except ValueError:
        ok = False
    if not ok:
        raise ValidationError(_("Give a date as 2024-10-30, 2024-10 or 2024."), code="partial_date")


class PartialDateField(models.CharField):
    description = "A day, a month or a year"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        kwargs.setdefault("help_text", _("As exactly as the source gives it: 2024-10-30, 2024-10 or 2024."))
        kwargs.setdefault("validators", [check_partial])
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """For migrations a plain text column: they must outlive this code."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        kwargs.pop("help_text", None)
        return name, "django.db.models.CharField", args, kwargs


def first_day(text: str) -> date:
    """The first day that the text can mean. Raises ValueError where it is no date."""
    match = _SHAPE.match(text)
    if match is None:
        raise ValueError(f"{text!r} is no date.")
    year, month, day = match.groups()
    return date(int(year), int(month or 1), int(day or 1))


def last_day(text: str) -> date:
    """The last day that the text can mean. Raises ValueError where it is no date."""
    day = first_day(text)
    if len(text) == 4:
        return date(day.year, 12, 31)
    if len(text) == 7:
        return date(day.year, day.month, monthrange(day.year, day.month)[1])
    return day


def whole(text: str) -> date | None:
    """The day, where it is known to the day."""
    return first_day(text) if len(text) == 10 else None


def date_text(text: str) -> str:
    """As people read it: "30 October 2024", "October 2024", "2024"; "" for none."""
    if not text:
        return ""
    if len(text) == 4:
        return text
    return date_format(first_day(text), "YEAR_MONTH_FORMAT" if len(text) == 7 else "DATE_FORMAT")


def months_after(day: date, months: int) -> date:
    """So many months on; the last day of a shorter month where the day is not in it."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weeks_after(day: date, weeks: int) -> date:
    return day + timedelta(weeks=weeks)
