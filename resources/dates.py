"""Dates of publication, told no more exactly than they are known."""

from datetime import date

from django.utils.formats import date_format

from resources.enums import Precision


def spoken(day: date | None, precision: str) -> str:
    """As "2024", "May 2024" or "17 May 2024" in the language in use; "" for none."""
    if day is None:
        return ""
    if precision == Precision.YEAR:
        return str(day.year)
    return date_format(day, "YEAR_MONTH_FORMAT" if precision == Precision.MONTH else "DATE_FORMAT")
