"""Opens a table that a person sends, CSV or XLSX, and gives its rows one at a time as texts.

Whatever is wrong with the file as a whole raises Unreadable with a message for the person who sent it.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from core.errors import Unreadable
from core.spreadsheet_cells import broken_line
from core.spreadsheets import MOST_CHARACTERS

MOST_BYTES = 25 << 20
MOST_UNPACKED = 50_000_000  # of a workbook, which is a zip archive: as much as is read within some seconds
MOST_PARTS = 1_000
MOST_ROWS = 100_000
LAST_ROW = 1_048_576  # of a sheet, however many of them are empty
MOST_COLUMNS = 200
FIRST_ROWS = 10  # in which the heading is looked for
LEAST_HEADINGS = 2  # that are known, before a row that is not the first one counts as the heading
SEPARATORS = ",;\t|"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK = 1 << 20

csv.field_size_limit(MOST_CHARACTERS * 10)


@dataclass(frozen=True)
class Sheet:
    """What a table is, seen from its first bytes: how to read it on, and the names of its columns."""

    format: str
    encoding: str = ""
    separator: str = ""
    heads: list[str] = field(default_factory=list)
    head_row: int = 1  # in which the headings stand; what is above it is not read


def look_at(stream: IO[bytes], score: Callable[[Sequence[str]], int] = lambda cells: 0) -> Sheet:
    """The kind of file, its encoding and separator, and its headings; text is read to its end.

    `score` says how much a row looks like a heading: the best of the first rows is one, else the first.
    """
    stream.seek(0)
    mark = stream.read(8)
    stream.seek(0)
    if not mark:
        raise Unreadable(_("The file is empty."))
    if mark.startswith(b"PK\x03\x04"):
        _not_too_large(stream)
        sheet = Sheet("xlsx")
    elif mark.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(_("This is a workbook of the old kind. Please save it as .xlsx or as CSV."))
    else:
        encoding = _encoding_of(stream)
        sheet = Sheet("csv", encoding, _separator_of(stream, encoding))
    lines = _rows(stream, sheet)
    first = list(islice(lines, FIRST_ROWS))
    if not first:
        raise Unreadable(_("The file has no heading: its first row is to name the columns."))
    if sheet.format == "csv":
        for _line in lines:  # whoever sends it is still there to mend it
            pass
    row, head = max(first, key=lambda line: score(line[1]))
    if score(head) < LEAST_HEADINGS:
        row, head = first[0]
    return Sheet(sheet.format, sheet.encoding, sheet.separator, name_columns(head), row)


def name_columns(head: Sequence[str]) -> list[str]:
    """The headings, each with a name of its own: one that is empty is called by its letter."""
    names: list[str] = []
    for place, cell in enumerate(head, start=1):
        name = " ".join(cell.split())[:100] or get_column_letter(place)
        number = 2
        while name in names:
            name, number = f"{name.removesuffix(f' ({number - 1})')} ({number})", number + 1
        names.append(name)
    return names


def rows(stream: IO[bytes], sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """(number of the row as a spreadsheet counts, its cells) below the heading, without empty rows."""
    yield from (line for line in _rows(stream, sheet) if line[0] > sheet.head_row)


def _rows(stream: IO[bytes], sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    stream.seek(0)
    lines = _of_workbook(stream) if sheet.format == "xlsx" else _of_text(stream, sheet)
    used = 0
    for row, cells in lines:
        if row > LAST_ROW:
            raise _too_long()
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        used += 1
        if used > MOST_ROWS + 1:
            raise _too_long()
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(
                _("Row %(row)d has more than %(most)d columns.") % {"row": row, "most": MOST_COLUMNS}
            )
        if max(map(len, cells)) > MOST_CHARACTERS:
            raise Unreadable(
                _("A cell of row %(row)d holds more than %(most)d characters.")
                % {"row": row, "most": MOST_CHARACTERS}
            )
        yield row, cells


def _too_long() -> Unreadable:
    return Unreadable(
        _("The file has more than %(most)d rows. Please send it in parts.") % {"most": MOST_ROWS}
    )


def _of_text(stream: IO[bytes], sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    text = io.TextIOWrapper(stream, encoding=sheet.encoding, newline="")
    # Strict: else a quotation mark that is not closed swallows the lines after it without a word.
    without_nothing = (line_of_text.replace("\x00", "") for line_of_text in text)
    lines = csv.reader(without_nothing, delimiter=sheet.separator, strict=True)
    row = line = 0
    try:
        for row, cells in enumerate(lines, start=1):
            line = lines.line_num
            if row == 1 and _names_separator("".join(cells)):
                continue
            yield row, cells
    except csv.Error as problem:
        raise Unreadable(broken_line(line + 1)) from problem
    except UnicodeError as problem:
        raise Unreadable(_("After row %(row)d the text cannot be read.") % {"row": row}) from problem
    finally:
        text.detach()


def _of_workbook(stream: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for row, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), start=1):
            is_empty = cells.count(None) == len(cells)  # millions of them may be made of one number of a row
            yield row, [] if is_empty else [_text_of(value) for value in cells]
    except Unreadable:
        raise
    except Exception as problem:
        # A broken archive or broken XML ends in whatever error the reader happens to stumble over.
        raise Unreadable(_("This workbook cannot be read. Please save it again, or as CSV.")) from problem


def _text_of(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
    return str(value)


def _not_too_large(stream: IO[bytes]) -> None:
    """A small archive may unpack to far more than there is room for."""
    try:
        parts = zipfile.ZipFile(stream).infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise Unreadable(_("This workbook cannot be read. Please save it again, or as CSV.")) from problem
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(_("This workbook is too large once unpacked. Please save it as CSV, or in parts."))
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable(_("This is neither a CSV file nor a workbook (.xlsx)."))


def _encoding_of(stream: IO[bytes]) -> str:
    first = stream.read(4096)
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return encoding
    if b"\x00" in first:
        # Text of two bytes a character without a mark: the empty bytes tell which comes first.
        even, odd = first[0::2].count(0), first[1::2].count(0)
        if max(even, odd) > len(first) // 4:
            return "utf-16-be" if even > odd else "utf-16-le"
        raise Unreadable(_("This is neither a CSV file nor a workbook (.xlsx)."))
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := stream.read(_CHUNK):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _by_guess(stream)
    return "utf-8"


def _by_guess(stream: IO[bytes]) -> str:
    stream.seek(0)
    while piece := stream.read(_CHUNK):
        if b"\x00" in piece:
            raise Unreadable(_("This is neither a CSV file nor a workbook (.xlsx)."))
        try:
            piece.decode("cp1252")
        except UnicodeDecodeError as problem:
            raise Unreadable(
                _("The text is neither UTF-8 nor Windows-1252. Please save the file as CSV UTF-8.")
            ) from problem
    return "cp1252"


def _separator_of(stream: IO[bytes], encoding: str) -> str:
    """What stands most often between the quoted parts of the first line; a comma where nothing does."""
    stream.seek(0)
    start = codecs.getincrementaldecoder(encoding)().decode(stream.read(65_536))
    line = next((line for line in start.splitlines() if line.strip()), "")
    if _names_separator(line) and line[-1] in SEPARATORS:
        return line[-1]
    bare = "".join(part for place, part in enumerate(line.split('"')) if place % 2 == 0)
    return max(SEPARATORS, key=bare.count)


def _names_separator(line: str) -> bool:
    """Whether it is the line that spreadsheets put above a table to say what stands between its cells."""
    return len(line) <= len("sep=;") and line.casefold().startswith("sep=")
