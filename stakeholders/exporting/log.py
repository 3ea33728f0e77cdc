"""The log of moderation as a table: codes, numbers and days, and nothing about people."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from stakeholders.enums import ExportFormat
from stakeholders.exporting.writers import MEDIA_TYPES
from stakeholders.queries.reports import LOG_HEADS

FORMS = {str(form.value): media_type for form, media_type in MEDIA_TYPES.items()}


def log_table(form: str, rows: Iterable[Sequence[object]]) -> bytes:
    """As CSV with the mark that lets spreadsheets know its letters, or as a workbook."""
    if form == ExportFormat.XLSX:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("moderation")
        sheet.freeze_panes = "A2"
        for row in (LOG_HEADS, *rows):
            sheet.append(list(row))
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()
    text = io.StringIO(newline="")
    csv.writer(text).writerows([LOG_HEADS, *rows])
    return ("\ufeff" + text.getvalue()).encode()
