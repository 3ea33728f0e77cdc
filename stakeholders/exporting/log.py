"""The log of moderation as a table: codes, numbers and days, and nothing about people."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse

from core.spreadsheets import CSV, XLSX, book_response, csv_response
from stakeholders.queries.reports import LOG_HEADS

FORMS = (CSV, XLSX)


def log_response(form: str, name: str, rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """As CSV or as a workbook, by `form`."""
    if form == CSV:
        return csv_response(name, LOG_HEADS, rows)

    def fill(book: Any) -> None:
        sheet = book.create_sheet("moderation")
        sheet.freeze_panes = "A2"
        for row in chain([LOG_HEADS], rows):
            sheet.append(row)

    return book_response(name, fill)
