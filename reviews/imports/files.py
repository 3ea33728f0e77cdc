"""Templates to fill in: the heading of a published list, and the codes that its cells may hold."""

from typing import Any

from django.utils.translation import gettext as _

from core.spreadsheets import book_cell, head_cell, new_sheet, offer_choices
from reviews.imports.codes import COLUMNS, MEANINGS, codes_of
from reviews.imports.reading import MOST_OF_A_KIND, MOST_ROWS
from reviews.mechanism.enums import ImportKind

SEVERAL = ("topics",)  # may hold several codes, so none is chosen from a list
WIDE = {"text": 80, "note": 40, "title": 40, "source": 40, "topics": 30, "article": 14}


def fill_template(book: Any, kind: ImportKind) -> None:
    """An empty table whose cells offer their codes; beside it what the columns hold and the codes mean."""
    columns, codes = COLUMNS[kind], codes_of(kind)
    table = _sheet(book, kind.value, [WIDE.get(name, 16) for name in columns])
    row = 2
    for name, known in codes.items():
        first, row = row, row + len(known)
        if known and name not in SEVERAL:
            place, most = columns.index(name) + 1, MOST_OF_A_KIND.get(kind, MOST_ROWS)
            offer_choices(table, place, most, f"codes!$B${first}:$B${row - 1}")
    _head(table, *columns)
    sheet = _sheet(book, "codes", [16, 24, 80])
    _head(sheet, _("Column"), _("Code"), _("Meaning"))
    for name, known in codes.items():
        for code, label in known.items():
            sheet.append([name, code, book_cell(label)])
    sheet = _sheet(book, "columns", [16, 80])
    _head(sheet, _("Column"), _("Meaning"))
    for name in columns:
        sheet.append([name, book_cell(MEANINGS.get(name, ""))])


def _sheet(book: Any, title: str, widths: list[int]) -> Any:
    sheet = new_sheet(book, title, widths)
    sheet.freeze_panes = "A2"
    return sheet


def _head(sheet: Any, *names: str) -> None:
    sheet.append([head_cell(sheet, name) for name in names])
