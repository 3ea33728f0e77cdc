"""A table written row by row into an open file: neither kind holds more than one row in memory."""

import io
import sys
from collections.abc import Iterable, Sequence
from typing import IO, Protocol

from openpyxl import Workbook

from core.spreadsheets import csv_line, csv_text
from stakeholders.exports.columns import DICTIONARY_HEADS, HEADS, dictionary
from stakeholders.exports.enums import ExportFormat

MEDIA_TYPES = {
    ExportFormat.CSV: "text/csv",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A sheet ends at row 1,048,576, of which the head takes one.
MOST_ROWS = {ExportFormat.CSV: sys.maxsize, ExportFormat.XLSX: 1_048_575}


class Writer(Protocol):
    def add(self, rows: Iterable[Sequence[object]]) -> None: ...

    def end(self, notes: Sequence[tuple[str, str, str]]) -> None: ...


class CsvWriter:
    """UTF-8 with the mark that lets spreadsheets know it."""

    def __init__(self, into: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(into, encoding="utf-8-sig", newline="", write_through=True)
        self.add([HEADS])

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        self._text.writelines(map(csv_line, rows))

    def end(self, notes: Sequence[tuple[str, str, str]]) -> None:
        """Notes stay out: a table of one kind of line is what programs read."""
        self._text.flush()
        self._text.detach()


class XlsxWriter:
    """The table on the first sheet, what its columns mean on the second."""

    def __init__(self, into: IO[bytes]) -> None:
        self._into = into
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("stakeholders")
        self._sheet.freeze_panes = "A2"
        self._sheet.append(HEADS)

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        for row in rows:
            self._sheet.append(row)

    def end(self, notes: Sequence[tuple[str, str, str]]) -> None:
        about = self._book.create_sheet("dictionary")
        about.append(DICTIONARY_HEADS)
        for line in [*dictionary(), *notes]:
            about.append(line)
        self._book.save(self._into)


def writer(kind: str, into: IO[bytes]) -> Writer:
    return XlsxWriter(into) if kind == ExportFormat.XLSX else CsvWriter(into)


def dictionary_csv() -> str:
    """Return the dictionary as the text of a CSV file, with its mark."""
    return csv_text(DICTIONARY_HEADS, *dictionary())
