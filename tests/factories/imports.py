"""Imports for tests: files as the desk sends them, made by the portal's own acts.

sent(person, "name,kind,country\\n…"): a file whose columns are guessed. checked(…): with its dry run made.
taken_in(…): imported. workbook([[…], …]): the bytes of an .xlsx file.
"""

import io
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from core.spreadsheet_reader import look_at
from stakeholders.imports import actions as imports_actions
from stakeholders.imports import actions_worker as imports_actions_worker
from stakeholders.imports.models import Import

DAY = date(2026, 6, 1)


def workbook(rows: list[list[Any]]) -> bytes:
    book, into = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(into)
    return into.getvalue()


def upload(content: str | bytes, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def sent(person: Any, content: str | bytes, source: str = "A public register") -> Import:
    file = upload(content)
    sheet = look_at(file)
    file.seek(0)
    return imports_actions.send(file, sheet, source=source, url="", day=DAY, actor=person)


def checked(person: Any, content: str | bytes, source: str = "A public register", **options: str) -> Import:
    of = sent(person, content, source)
    imports_actions.check(
        of,
        columns=options.pop("columns", None) or of.columns,
        kind=options.get("kind", ""),
        country=options.get("country", ""),
        actor=person,
    )
    imports_actions_worker.work(of.pk)
    of.refresh_from_db()
    return of


def taken_in(person: Any, content: str | bytes, source: str = "A public register", **options: str) -> Import:
    of = checked(person, content, source, **options)
    imports_actions.take_in(of, without_refused=False, actor=person)
    imports_actions_worker.work(of.pk)
    of.refresh_from_db()
    return of


def undone(of: Import, person: Any) -> Import:
    imports_actions.undo(of, actor=person)
    imports_actions_worker.work(of.pk)
    of.refresh_from_db()
    return of
