"""Cells of a table that people open in a spreadsheet: values as text that can never run."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.text import fold, printable

# A spreadsheet reads a cell that begins with one of these as a formula or a command; those of East Asia also
# where the sign is of full width.
_SIGNS = "=+-@＝＋－＠"
_STARTS = (*_SIGNS, "\t", "\r", "\n")
# One that takes another character than the comma for the end of a cell, as in German, French, Russian or
# Spanish, finds such beginnings inside our cells too, and quotation marks do not keep it from that.
_INSIDE = re.compile(rf"""([;|\t\r\n][\s"]*)(?=[{re.escape(_SIGNS)}])""")
_PUT_INSIDE = re.compile(rf"""([;|\t\r\n][\s"]*)'(?=[{re.escape(_SIGNS)}])""")
SEPARATOR = ";"


def harmless(text: str) -> str:
    """The text of one cell; with an apostrophe before it where a spreadsheet would take it for a formula."""
    text = printable(text)
    return f"'{text}" if text.startswith(_STARTS) else text


def harmless_in_csv(text: str) -> str:
    """As `harmless`, and with an apostrophe wherever a spreadsheet may take a new cell to begin."""
    return _INSIDE.sub(r"\1'", harmless(text))


def unescaped_cell(cell: str) -> str:
    """A cell of one of our own files without the apostrophes that were put in."""
    rest = _PUT_INSIDE.sub(r"\1", cell)
    return rest[1:] if rest.startswith("'") and rest[1:].startswith(_STARTS) else rest


def broken_line(line: int) -> str:
    """What is said of a CSV file in which a quotation mark would swallow the lines that follow."""
    return _(
        "Line %(line)d is not proper CSV: a quotation mark in it is not closed, "
        "or something follows a closed one."
    ) % {"line": line}


def join_values(values: Iterable[object]) -> str:
    """A list in one cell. What stands between its parts stands nowhere inside them."""
    return SEPARATOR.join(str(value).replace(SEPARATOR, ",") for value in values)


def codes_by_word(choices: Iterable[tuple[str, str | Promise]]) -> dict[str, str]:
    """Code or label in any language of the portal, folded → code."""
    pairs = list(choices)
    codes: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            codes |= {fold(str(label)): code for code, label in pairs}
    return codes | {fold(code): code for code, _label in pairs}


def iso(moment: date | datetime | None) -> str:
    """A day as 2026-11-25, an instant's by UTC; "" for none."""
    if moment is None:
        return ""
    return (moment.date() if isinstance(moment, datetime) else moment).isoformat()


def iso_utc(moment: datetime | None) -> str:
    """An instant as 2026-11-25T14:00:00Z; "" for none."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def field_head(model: type[models.Model], name: str) -> str:
    """What the column of a field is called, in the language in use."""
    field: Any = model._meta.get_field(name)
    return capfirst(str(field.verbose_name))
