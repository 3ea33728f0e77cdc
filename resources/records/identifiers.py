"""Numbers by which publications are known, and dates of which only a part is known."""

import re
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.text import clean_line
from resources.records.enums import Precision
from taxonomy.names.enums import UN_LANGUAGES

_DOI = re.compile(r"10\.\d{4,9}/[!-~]+")
_SYMBOL = re.compile(r"[A-Z0-9][A-Z0-9./()*\-, ]*/[A-Z0-9./()*\-, ]*[A-Z0-9)*]", re.IGNORECASE)
# The series of the principal organs, of the Conference of the Parties and of treaty bodies.
_OFFICIAL = re.compile(r"(?:A|S|E|CTOC|CRPD)(?:/[A-Za-z0-9.()*\-]+)+")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
FIRST_YEAR = 1800


def doi(text: str) -> str:
    """Return the bare DOI ("10.18356/9789210056250") of a DOI however written. Raises ValidationError."""
    bare = clean_line(text)
    bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", bare, flags=re.IGNORECASE)
    if not bare:
        return ""
    if not _DOI.fullmatch(bare):
        raise ValidationError(_("A DOI begins with 10. and has a stroke, as in 10.18356/9789210056250."))
    return bare


def isbn(text: str) -> str:
    """Return the thirteen digits of an ISBN; one of ten is converted. Raises ValidationError."""
    bare = re.sub(r"^ISBN(-1[03])?:?", "", clean_line(text), flags=re.IGNORECASE)
    bare = re.sub(r"[\s\-‐‑–]", "", bare).upper()
    if not bare:
        return ""
    if not re.fullmatch(r"[0-9]{13}|[0-9]{9}[0-9X]", bare, flags=re.ASCII):
        raise ValidationError(_("An ISBN has 13 digits, or 10 in older books."))
    if len(bare) == 10:
        total = sum((10 - n) * (10 if sign == "X" else int(sign)) for n, sign in enumerate(bare))
        right = total % 11 == 0
        bare = f"978{bare[:9]}"
        bare += _check_digit(bare)
    else:
        right = _check_digit(bare[:12]) == bare[12]
    if not right:
        raise ValidationError(_("The last digit does not fit the others. Please compare it with the book."))
    return bare


def _check_digit(twelve: str) -> str:
    return str(-sum(int(sign) * (3 if n % 2 else 1) for n, sign in enumerate(twelve)) % 10)


def symbol(text: str) -> str:
    """Return a document symbol of the United Nations, as CTOC/COP/2020/10. Raises ValidationError."""
    line = clean_line(text)
    if line and not _SYMBOL.fullmatch(line):
        raise ValidationError(
            _("A document symbol consists of letters, digits and slashes, as in CTOC/COP/2020/10.")
        )
    return line


def official_address(text: str, language: str) -> str:
    """Return where a United Nations document is by its symbol, in a language of the six; "" for no such one.

    The rule is that of the Official Document System, https://docs.un.org/{language}/{symbol}. It was seen in
    use for A/RES, A/CONF, S/RES and CRPD; for the other series of the organs it is the same rule, which the
    check of links puts to the test. Conference room papers are not in that system. A part of a document
    ("A/CONF.234/16, resolution 1") is at the address of the whole.
    """
    bare = clean_line(text).partition(",")[0]
    if language not in UN_LANGUAGES or not _OFFICIAL.fullmatch(bare) or "/CRP." in bare:
        return ""
    return f"https://docs.un.org/{language}/{bare}"


def official_addresses(symbols: Iterable[str]) -> set[str]:
    """Return where these documents are in the six languages."""
    return {official_address(symbol, code) for symbol in symbols for code in UN_LANGUAGES} - {""}


def partial_date(text: str) -> tuple[date | None, str]:
    """Return (day, precision) of "2024", "2024-05" or "2024-05-17"; (None, "day") of "".

    Raises ValidationError.
    """
    line = clean_line(text)
    if not line:
        return None, Precision.DAY
    match = _PARTIAL.fullmatch(line)
    try:
        year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
        first_day = date(year, month or 1, day or 1)
    except ValueError:
        raise ValidationError(_("Write 2024, 2024-05 or 2024-05-17, as much as is known.")) from None
    if first_day.year < FIRST_YEAR:
        raise ValidationError(_("Please compare the year with the title page."))
    return first_day, Precision.DAY if day else Precision.MONTH if month else Precision.YEAR


def partial_date_text(day: date | None, precision: str) -> str:
    """Return the date as `partial_date` reads it."""
    if day is None:
        return ""
    return {Precision.YEAR: f"{day:%Y}", Precision.MONTH: f"{day:%Y-%m}"}.get(precision, day.isoformat())  # type: ignore[call-overload]


# --- Dates of publication, told no more exactly than they are known ----------------------------------


def date_in_words(day: date | None, precision: str) -> str:
    """Return "2024", "May 2024" or "17 May 2024" in the language in use; "" for no date."""
    if day is None:
        return ""
    if precision == Precision.YEAR:
        return str(day.year)
    return date_format(day, "YEAR_MONTH_FORMAT" if precision == Precision.MONTH else "DATE_FORMAT")
