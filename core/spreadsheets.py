"""Tables for spreadsheets, sent row by row: no more of one than a row is held in memory."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Model
from django.http import StreamingHttpResponse
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.spreadsheet_cells import field_head, harmless, harmless_in_csv, iso_utc

CSV, XLSX = "csv", "xlsx"
BOM = "\ufeff"  # the mark that lets spreadsheets know the letters of a text
CHUNK = 64 * 1024
MOST_CHARACTERS = 32_767  # in one cell of a workbook
MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_response(
    form: str, name: str, heads: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """As CSV, or as a workbook of one sheet, by `form`; `name` is the file's without its ending."""
    if form == CSV:
        return csv_response(f"{name}.csv", heads, rows)

    def fill(book: Any) -> None:
        sheet = book.create_sheet()
        sheet.freeze_panes = "A2"
        for row in chain([heads], rows):
            sheet.append([book_cell(cell) for cell in row])

    return book_response(f"{name}.xlsx", fill)


class Column(NamedTuple):
    """A column of a table: what it is called, and what it says of a row."""

    head: Any
    value: Callable[[Any], Any]


def instant_column(model: type[Model], name: str, row_of: Callable[[Any], Any] = lambda row: row) -> Column:
    """An instant by UTC. `row_of`: what of a row has the field, if not the row itself."""
    return Column(f"{field_head(model, name)} (UTC)", lambda row: iso_utc(getattr(row_of(row), name)))


def columns_response(
    form: str, name: str, columns: Sequence[Column], rows: Iterable[Any]
) -> StreamingHttpResponse:
    """As `table_response`, from the rows of which the columns tell."""
    cells = ([column.value(row) for column in columns] for row in rows)
    return table_response(form, name, [column.head for column in columns], cells)


def book_cell(value: Any) -> int | float | str:
    """A value of a workbook, which is never a formula; a number stays one."""
    return value if isinstance(value, int | float) else harmless(str(value))[:MOST_CHARACTERS]


def new_sheet(book: Any, title: str, widths: Iterable[int]) -> Any:
    """A sheet of a workbook with columns of these widths, in the direction of the language in use."""
    sheet = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = get_language_bidi()
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    return sheet


def offer_choices(sheet: Any, place: int, rows: int, source: str, title: str | None = None) -> None:
    """In so many rows below the heading, the column takes only what stands in the cells `source`."""
    choice = DataValidation(
        type="list",
        formula1=source,
        showErrorMessage=True,
        errorTitle=title,
        error=_("Choose from the list."),
    )
    letter = get_column_letter(place)
    choice.add(f"{letter}2:{letter}{rows + 1}")
    sheet.data_validations.append(choice)


def csv_response(name: str, heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Text with the mark that lets spreadsheets know its letters; no cell of it can run.

    `rows` are read while the answer leaves, in the language that the reader has now.
    """
    return StreamingHttpResponse(
        _lines(heads, rows, get_language()), content_type=MEDIA_TYPES[CSV], headers=_as_file(name)
    )


def csv_text(*lines: Iterable[Any]) -> str:
    """A whole file for spreadsheets, where it is short."""
    return BOM + "".join(map(csv_line, lines))


def _lines(heads: Sequence[Any], rows: Iterable[Sequence[Any]], language: str | None) -> Iterator[str]:
    yield BOM + csv_line(heads)
    left = iter(rows)
    while True:
        with override(language):
            line = next((csv_line(row) for row in left), None)
        if line is None:
            return
        yield line


def csv_line(cells: Iterable[Any]) -> str:
    """One line of a file for spreadsheets; no cell of it can run."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([harmless_in_csv(str(cell)) for cell in cells])
    return text.getvalue()


def book_response(name: str, fill: Callable[[Any], None]) -> StreamingHttpResponse:
    """A workbook whose sheets `fill` writes row by row, while the answer leaves; whole it lies in a file."""
    return StreamingHttpResponse(
        _book(fill, get_language()), content_type=MEDIA_TYPES[XLSX], headers=_as_file(name)
    )


def _book(fill: Callable[[Any], None], language: str | None) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        with override(language):
            book = Workbook(write_only=True)
            fill(book)
            book.save(file)
        file.seek(0)
        yield from iter(partial(file.read, CHUNK), b"")


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
