"""The files of a dump: each table as CSV and JSON Lines, what describes them, and their checksums.

A row at a time: no more of a table is held in memory than the database sends at once.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from core.spreadsheet_cells import harmless_in_csv, iso_utc
from portal.open_data.tables import LIST, NUMBER, TABLES, TEXT, WHOLE, Column, DataTable

CSV, JSON_LINES, JSON, PLAIN = "text/csv", "application/x-ndjson", "application/json", "text/plain"
PACKAGE, DICTIONARY, CHECKSUMS = "datapackage.json", "data_dictionary.csv", "SHA256SUMS"
NO_LICENCE = (
    "No licence stated: ask before you use these data in other ways than the law allows to everybody."
)
# What JSON calls the types of columns; instants and days are text of a form.
_OF_JSON: dict[str, dict[str, Any]] = {
    "date": {"format": "date"},
    "datetime": {"format": "date-time"},
    LIST: {"items": {"type": "string"}},
}
_DICTIONARY = ("table", "column", "type", "meaning")


@dataclass(frozen=True, slots=True)
class Licence:
    """As the desk states it; all empty where it states none."""

    title: str = ""
    code: str = ""
    url: str = ""

    @property
    def statement(self) -> str:
        return " · ".join(filter(None, (self.title, self.url))) or NO_LICENCE


@dataclass
class Written:
    """A file that is being written, or is whole and lies at its begin."""

    name: str
    media_type: str
    content: IO[bytes]
    table: str = ""
    rows: int | None = None
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, text: str) -> None:
        data = text.encode()
        self.content.write(data)
        self.digest.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        return str(self.digest.hexdigest())


def write_all(stack: ExitStack, day: date, made_at: datetime, licence: Licence) -> list[Written]:
    """All files of a dump; they go with the stack. What they say of themselves is English."""

    def begin(name: str, media_type: str, table: str = "") -> Written:
        return Written(name, media_type, stack.enter_context(TemporaryFile()), table)

    with override("en"):
        files = [file for table in TABLES for file in _write_table(table, begin)]
        dictionary = begin(DICTIONARY, CSV)
        dictionary.rows = 0
        _add_line(dictionary, _DICTIONARY)
        for table in TABLES:
            for column in table.columns:
                _add_line(dictionary, (table.name, column.name, column.kind, str(column.meaning)))
                dictionary.rows += 1
        files.append(dictionary)
        package = begin(PACKAGE, JSON)
        package.add(_json(_package(files, day, made_at, licence), indent=1) + "\n")
        files.append(package)
        sums = begin(CHECKSUMS, PLAIN)
        for file in files:
            sums.add(f"{file.sha256}  {file.name}\n")
    for file in (*files, sums):
        file.content.seek(0)
    return [*files, sums]


def _write_table(table: DataTable, begin: Any) -> Iterator[Written]:
    as_csv = begin(f"{table.name}.csv", CSV, table.name)
    as_lines = begin(f"{table.name}.jsonl", JSON_LINES, table.name)
    names = [column.name for column in table.columns]
    _add_line(as_csv, names)
    number = 0
    for values in table.rows():
        _add_line(as_csv, map(_cell, table.columns, values))
        as_lines.add(_json(dict(zip(names, values, strict=True))) + "\n")
        number += 1
    as_csv.rows = as_lines.rows = number
    schema = begin(f"{table.name}.schema.json", JSON, table.name)
    schema.add(_json(json_schema(table), indent=1) + "\n")
    yield from (as_csv, as_lines, schema)


def _cell(column: Column, value: Any) -> str:
    cell = Column.cell(value)
    return harmless_in_csv(cell) if column.kind in (TEXT, LIST) else cell


def _add_line(file: Written, cells: Any) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    file.add(text.getvalue())


def _json(data: Any, *, indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent)


# --- What describes them ------------------------------------------------------------------------------------
def json_schema(table: DataTable) -> dict[str, Any]:
    """Of one line of a table's JSON Lines (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address(f"{table.name}.schema.json"),
        "title": str(table.title),
        "description": str(table.about),
        "type": "object",
        "properties": {column.name: _property(column) for column in table.columns},
        "required": [column.name for column in table.columns],
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    kind: Any = column.kind if column.kind in (TEXT, NUMBER, WHOLE, LIST, "boolean") else "string"
    if column.kind not in (TEXT, LIST) and column.name != "id":
        kind = [kind, "null"]
    return {"type": kind, **_OF_JSON.get(column.kind, {}), "description": str(column.meaning)}


def _package(files: list[Written], day: date, made_at: datetime, licence: Licence) -> dict[str, Any]:
    """A Data Package (https://specs.frictionlessdata.io/data-package/)."""
    described = {table.name: table for table in TABLES}
    about = (
        "All that is public on WhatsOn. In CSV, a cell that a spreadsheet would run as a formula begins with "
        "an apostrophe; JSON Lines hold all as it is. "
    )
    stated: dict[str, str] = {"title": licence.title, "name": licence.code, "path": licence.url}
    stated = {name: value for name, value in stated.items() if value}
    # The specification asks for a name or an address; without either the words of the desk still stand above.
    licences: dict[str, Any] = {"licenses": [stated]} if {"name", "path"} & set(stated) else {}
    return {
        "profile": "data-package",
        "name": "whatson-open-data",
        "title": "WhatsOn: open data",
        "description": about + f"Licence: {licence.statement}",
        "homepage": f"{settings.SITE_URL}{reverse('portal:open_data')}",
        "version": f"{day:%Y.%-m.%-d}",
        "created": iso_utc(made_at),
        **licences,
        # A file of lines without a line is nothing that readers of packages can open.
        "resources": [
            _resource(file, described.get(file.table))
            for file in files
            if file.rows or (file.rows is not None and file.media_type == CSV)
        ],
    }


def _resource(file: Written, table: DataTable | None) -> dict[str, Any]:
    stem, _dot, ending = file.name.rpartition(".")
    is_csv = ending == "csv"
    resource: dict[str, Any] = {
        "name": stem.replace("_", "-") + ("" if is_csv else f"-{ending}"),
        "path": file.name,
        "title": str(table.title) if table else "Data dictionary",
        "description": str(table.about) if table else "What each column means.",
        "profile": "tabular-data-resource",
        "format": ending,
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if table is None:
        resource["schema"] = {"fields": [{"name": name, "type": "string"} for name in _DICTIONARY]}
    else:
        resource["schema"] = _table_schema(table, TEXT if is_csv else LIST)
    return resource


def _table_schema(table: DataTable, lists: str) -> dict[str, Any]:
    """`lists`: the type of columns that hold several."""
    return {
        "fields": [
            {
                "name": column.name,
                "type": lists if column.kind == LIST else column.kind,
                "description": str(column.meaning),
            }
            for column in table.columns
        ],
        "missingValues": [""],
        "primaryKey": [table.columns[0].name],
        "foreignKeys": [
            {"fields": [own], "reference": {"resource": other.replace("_", "-"), "fields": [column]}}
            for own, (other, column) in table.points_at.items()
        ],
    }


def address(name: str, day: str = "latest") -> str:
    return settings.SITE_URL + reverse("open_data_file", args=[day, name])
