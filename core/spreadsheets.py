"""Tables as files: CSV, or a workbook that people open. Both are written row by row, however long they are.

A workbook has the table on its first sheet and *About* on its last: what it is, when it was made, what was
asked and what the columns mean. Nothing stands above the heads of a table, neither there nor in CSV.
"""

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import chain, islice
from operator import attrgetter, itemgetter, methodcaller
from typing import IO, Any, NamedTuple
from unicodedata import east_asian_width

from django.conf import settings
from django.db.models import Model
from django.forms import Form
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.spreadsheet_cells import field_head, harmless, harmless_in_csv, iso, iso_utc

CSV, XLSX = "csv", "xlsx"
BOM = "\ufeff"  # the mark that lets spreadsheets know the letters of a text
CHUNK = 64 * 1024
MOST_CHARACTERS = 32_767  # in one cell of a workbook
MOST_ROWS = 1_048_575  # of a sheet, below its heads
MEASURED_ROWS = 200  # of a table, whose cells decide how wide its columns are
NARROWEST, WIDEST, WIDEST_HEAD = 8, 60, 24  # characters of a column; longer heads are wrapped
FIRST_YEAR = 1900  # of the calendar of workbooks
MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_HEAD_FILL = PatternFill("solid", fgColor="F3F7FA")
_NOT_IN_TITLES = re.compile(r"[\\*?:/\[\]]")


class Column(NamedTuple):
    """A column of a table, in the words of the reader: its head, its value of a row, and what it means.

    Where programs read the CSV file, `name` is the head there, the same in every language, and `code` returns
    what stands there in place of a word.
    """

    head: Any
    value: Callable[[Any], Any]
    meaning: Any = ""
    name: str = ""
    code: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Table:
    """What a file holds. `name`: without its ending. `page`: the address of its page on the portal.

    `filters` are label and values of what was asked, `notes` are further lines of *About*.
    """

    name: str
    title: Any
    columns: Sequence[Column]
    page: str = ""
    filters: Sequence[tuple[Any, Any]] = ()
    notes: Sequence[tuple[Any, Any]] = ()


def instant_column(model: type[Model], name: str, row_of: Callable[[Any], Any] = lambda row: row) -> Column:
    """An instant by UTC. `row_of`: what of a row has the field, if not the row itself."""
    return Column(f"{field_head(model, name)} (UTC)", lambda row: getattr(row_of(row), name))


def field_column(model: type[Model], name: str, meaning: Any = "") -> Column:
    """A field of the rows, which programs know by its name."""
    return Column(field_head(model, name), attrgetter(name), meaning, name)


def choice_column(model: type[Model], name: str, meaning: Any = "") -> Column:
    """A field with choices: its word, and its code for programs."""
    return Column(
        field_head(model, name), methodcaller(f"get_{name}_display"), meaning, name, attrgetter(name)
    )


def columns_by_place(heads: Iterable[Any]) -> list[Column]:
    """Return the columns of rows that are sequences of cells."""
    return [Column(head, itemgetter(place)) for place, head in enumerate(heads)]


def filters_of(form: Form) -> list[tuple[Any, str]]:
    """Return label and values of each field of a form by which a list is narrowed, if it is filled in."""
    form.is_valid()
    lines = []
    for name, cleaned in form.cleaned_data.items():
        if not cleaned:
            continue
        field: Any = form.fields[name]
        labels = dict(getattr(field, "choices", ()))
        values = [_("Yes")] if cleaned is True else cleaned if isinstance(cleaned, list) else [cleaned]
        lines.append((field.label, ", ".join(str(labels.get(value, value)) for value in values)))
    return lines


def table_response(form: str, table: Table, rows: Iterable[Any]) -> StreamingHttpResponse:
    """Return the rows as CSV or as a workbook, by `form`.

    `rows` are read while the answer leaves, in the language that the reader has now.
    """
    if form == XLSX:
        return book_response(table.name, partial(fill_table, table=table, rows=rows))
    return _file_response(CSV, table.name, _csv_lines(table, rows, get_language()))


def write_table(form: str, table: Table, rows: Iterable[Any], into: IO[bytes]) -> None:
    """Write the rows into an open file, as `table_response` sends them."""
    if form == XLSX:
        _save_book(partial(fill_table, table=table, rows=rows), into)
        return
    for line in _csv_lines(table, rows, get_language()):
        into.write(line.encode())


def _file_response(form: str, name: str, content: Iterator[Any]) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "X-Robots-Tag": "noindex"}
    return StreamingHttpResponse(content, content_type=MEDIA_TYPES[form], headers=headers)


# --- CSV ------------------------------------------------------------------------------------------------
def csv_line(cells: Iterable[Any]) -> str:
    """One line of a file for spreadsheets; no cell of it can run."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow(map(_csv_cell, cells))
    return text.getvalue()


def _csv_cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return iso_utc(value)
        case date():
            return iso(value)
        case int() | float():
            return str(value)
    return harmless_in_csv(str(value))


def _csv_lines(table: Table, rows: Iterable[Any], language: str | None) -> Iterator[str]:
    """Text with the mark that lets spreadsheets know its letters."""
    yield BOM + csv_line(column.name or column.head for column in table.columns)
    values = [column.code or column.value for column in table.columns]
    remaining = iter(rows)
    while True:
        with override(language):
            line = next((csv_line(value(row) for value in values) for row in remaining), None)
        if line is None:
            return
        yield line


# --- Workbooks --------------------------------------------------------------------------------------------
def book_response(name: str, fill: Callable[[Any], None]) -> StreamingHttpResponse:
    """A workbook whose sheets `fill` writes row by row, while the answer leaves; whole it lies in a file."""
    return _file_response(XLSX, name, _book_chunks(fill, get_language()))


def _book_chunks(fill: Callable[[Any], None], language: str | None) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        with override(language):
            _save_book(fill, file)
        file.seek(0)
        yield from iter(partial(file.read, CHUNK), b"")


def _save_book(fill: Callable[[Any], None], into: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    book.properties.creator = "WhatsOn"
    fill(book)
    book.save(into)


def fill_table(book: Any, table: Table, rows: Iterable[Any]) -> None:
    """Write a table and *About*."""
    cells = ([column.value(row) for column in table.columns] for row in rows)
    number = add_sheet(book, table.title, [column.head for column in table.columns], cells)
    filters = "\n".join(f"{label}: {values}" for label, values in table.filters)
    add_about(
        book,
        table.title,
        [(_("Rows"), number), (_("Filters"), filters or _("none")), *table.notes],
        page=table.page,
        columns=table.columns,
    )


def add_sheet(book: Any, title: Any, heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> int:
    """Write a table on a sheet of its own, and return how many rows it has."""
    cells = ([book_cell(value) for value in row] for row in rows)
    measured = list(islice(cells, MEASURED_ROWS))
    sheet = new_sheet(book, title, _widths(heads, measured))
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.append([head_cell(sheet, head) for head in heads])
    number = 0
    for row in chain(measured, cells):
        sheet.append(row)
        number += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{number + 1}"
    return number


def add_about(
    book: Any, title: Any, lines: Iterable[tuple[Any, Any]], *, page: str = "", columns: Sequence[Column] = ()
) -> None:
    """Write the sheet that says what a workbook is, when and where it was made, and what its columns mean."""
    sheet = new_sheet(book, _("About"), (28, 90, 24))
    terms = settings.SITE_URL + reverse("portal:page", args=["terms"])
    general = [
        (_("Made at (UTC)"), now()),
        (_("Source"), f"WhatsOn, {settings.SITE_URL}{page}"),
        (_("Terms of use"), terms),
    ]
    sheet.append([head_cell(sheet, title)])
    for label, value in [*general, *lines]:
        sheet.append([wrapped_cell(sheet, label), wrapped_cell(sheet, value)])
    if not columns:
        return
    sheet.append([])
    heads = [_("Column"), _("Meaning")]
    if any(column.name for column in columns):
        heads.append(_("Name in the CSV file"))
    sheet.append([head_cell(sheet, head) for head in heads])
    for column in columns:
        cells = (column.head, column.meaning, column.name)
        sheet.append([wrapped_cell(sheet, cell) for cell in cells])


def new_sheet(book: Any, title: Any, widths: Iterable[int]) -> Any:
    """A sheet of a workbook with columns of these widths, in the direction of the language in use."""
    sheet = book.create_sheet(_NOT_IN_TITLES.sub(" ", str(title)).strip("' ")[:31])
    sheet.sheet_view.rightToLeft = get_language_bidi()
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    return sheet


def book_cell(value: Any) -> Any:
    """A value of a workbook: a number, a day or an instant (by UTC), all else as text that cannot run."""
    match value:
        case None | bool() | int() | float():
            return value
        case date() if value.year < FIRST_YEAR:
            return value.isoformat()
        case datetime():
            return value.astimezone(UTC).replace(microsecond=0, tzinfo=None)
        case date() | time():
            return value
    return harmless(str(value))[:MOST_CHARACTERS]


def head_cell(sheet: Any, text: Any) -> Any:
    """The head of a column."""
    cell = wrapped_cell(sheet, text)
    cell.font, cell.fill = Font(bold=True), _HEAD_FILL
    return cell


def wrapped_cell(sheet: Any, value: Any) -> Any:
    """A cell whose text may take several lines."""
    cell = WriteOnlyCell(sheet, book_cell(value))
    side = "right" if get_language_bidi() else "left"
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side)
    return cell


def _widths(heads: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Iterator[int]:
    """Yield the width of each column: its longest line, and room for the button of the filter."""
    for place, head in enumerate(heads):
        content = max((_text_width(row[place]) for row in rows), default=0)
        yield min(max(content, min(_text_width(head), WIDEST_HEAD), NARROWEST), WIDEST) + 3


def _text_width(value: Any) -> int:
    """How many columns of characters a cell needs; signs of East Asia take two."""
    lines = str("" if value is None else value)[:MOST_CHARACTERS].splitlines()
    return max(
        (sum(1 + (east_asian_width(sign) in "WF") for sign in line[:WIDEST]) for line in lines), default=0
    )


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
