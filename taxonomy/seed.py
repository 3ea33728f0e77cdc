"""Loads the reference data from taxonomy/data/*.csv: one act, safe to repeat, and the desk's edits stay."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connection, models, transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from core.spreadsheet_cells import SEPARATOR
from core.text import clean_block, clean_line
from taxonomy.law.models import Article, Cluster, Instrument, Participation
from taxonomy.names.models import ContentRow, Named, Versioned
from taxonomy.places.models import Country, Region
from taxonomy.synonyms.models import Synonym
from taxonomy.terms.models import EngagementArea, Language, Term, Topic

DATA = Path(__file__).resolve().parent / "data"
_LOCK = 7_406_431  # any number that nothing else in this database locks by
_FLAGS = {"y": True, "n": False, "": None}


class BadRow(ValueError):
    """One cell of a data file cannot be used. The message names file, line and column."""

    def __init__(self, file: str, line: int, column: str, problem: str) -> None:
        super().__init__(f"{file}, line {line}, column {column!r}: {problem}")


@dataclass
class Counts:
    """What loading did to one list. `skipped` rows differ from the file because the desk edited them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{getattr(self, field.name)} {field.name}" for field in fields(self))


# In the order in which one list may point at another.
FILES: tuple[tuple[str, type[models.Model]], ...] = (
    ("regions.csv", Region),
    ("countries.csv", Country),
    ("instruments.csv", Instrument),
    ("clusters.csv", Cluster),
    ("articles.csv", Article),
    ("participations.csv", Participation),
    ("topics.csv", Topic),
    ("engagement_areas.csv", EngagementArea),
    ("languages.csv", Language),
    ("synonyms.csv", Synonym),
)


def load_reference(folder: Path = DATA) -> dict[str, Counts]:
    """Bring every list to what the files say, all or nothing; returns counts by file name.

    Raises BadRow. Rows edited by the desk are left alone, and so are rows that no file names.
    """
    return load_lists(FILES, folder)


def load_lists(files: Iterable[tuple[str, type[models.Model]]], folder: Path) -> dict[str, Counts]:
    """Load the lists of any app as `load_reference` does, referenced lists first."""
    report = {}
    with transaction.atomic(), connection.cursor() as cursor, override("en"):
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        for file, model in files:
            report[file] = _load(model, folder / file)
    return report


def _load(model: type[models.Model], path: Path) -> Counts:
    rows = list(_read(model, path))
    present = model._default_manager.in_bulk()
    counts = Counts()
    new, changed = [], []
    for row in rows:
        old: Any = present.get(row.pk)
        columns = _columns(row)
        if old is None:
            new.append(row)
        elif all(getattr(old, column) == getattr(row, column) for column in columns):
            counts.unchanged += 1
        elif old.edited_by_hand:
            counts.skipped += 1
        else:
            changed.append(row)
    if new:
        model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, _columns(changed[0]))
    if (new or changed) and issubclass(model, Versioned):
        model.touch()
    if issubclass(model, ContentRow):
        mark_gone(model, [row.pk for row in rows])
    counts.created, counts.updated = len(new), len(changed)
    return counts


def mark_gone(model: type[models.Model], codes: Iterable[str]) -> None:
    """Set since when the file no longer has a row, except for rows that the desk edited or added."""
    rows: Any = model._default_manager.filter(edited_by_hand=False, gone_since=None).exclude(code="")
    rows.exclude(code__in=codes).update(gone_since=localdate())


def _columns(row: models.Model) -> list[str]:
    """Return the columns that the files decide; the others belong to the desk."""
    desk_columns = {"edited_by_hand", "edited_at", "merged_into_id", "lat", "lon", "in_use"}
    return [
        f.attname for f in row._meta.concrete_fields if not f.primary_key and f.attname not in desk_columns
    ]


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, cells by heading) of a data file. Raises BadRow where a row does not fit the heading."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        try:
            for cells in reader:
                if None in cells or None in cells.values():
                    different = "the number of cells differs from the heading's."
                    raise BadRow(path.name, reader.line_num, "(all)", different)
                yield reader.line_num, {column: text.strip() for column, text in cells.items()}
        except csv.Error as problem:
            # The wrapper's own number is that of the last row that could be read.
            raise BadRow(path.name, reader.reader.line_num, "(all)", str(problem)) from problem


def _read(model: type[models.Model], path: Path) -> Iterator[models.Model]:
    keys: set[Any] = set()
    known: dict[type[models.Model], dict[Any, Any]] = {}
    for line, cells in read_rows(path):
        refuse = _refuser(path.name, line)
        row = _build(model, cells, refuse)
        _check_targets(row, keys, known, refuse)
        if row.pk in keys:
            raise refuse(model._meta.pk.name, f"{row.pk!r} stands in the file twice.")
        keys.add(row.pk)
        yield row


def _refuser(file: str, line: int) -> Callable[[str, str], BadRow]:
    def refuse(column: str, problem: str) -> BadRow:
        return BadRow(file, line, column, problem)

    return refuse


def _build(
    model: type[models.Model], cells: dict[str, str], refuse: Callable[[str, str], BadRow]
) -> models.Model:
    row = model()
    for column, text in cells.items():
        try:
            field: Any = model._meta.get_field(column)
            clean = clean_block if isinstance(field, models.TextField) else clean_line
            setattr(row, field.attname, _value(field, clean(text)))
        except (LookupError, ValueError, FieldDoesNotExist) as problem:
            raise refuse(column, str(problem)) from problem
    relations = [f.name for f in model._meta.concrete_fields if f.is_relation]
    try:
        row.clean_fields(exclude=relations)
    except ValidationError as problem:
        column, messages = next(iter(problem.message_dict.items()))
        raise refuse(column, " ".join(messages)) from problem
    if isinstance(row, Named):
        row.set_sort_keys()
    return row


def _value(field: Any, text: str) -> Any:
    if isinstance(field, models.BooleanField):
        return _FLAGS[text]
    if isinstance(field, models.DateField):
        return date.fromisoformat(text) if text else None
    if isinstance(field, models.IntegerField):
        return int(text) if text or not field.null else None
    if isinstance(field, ArrayField):
        return [part for part in text.split(SEPARATOR) if part]
    return (text or None) if field.null else text


def _check_targets(
    row: models.Model,
    keys: set[Any],
    known: dict[type[models.Model], dict[Any, Any]],
    refuse: Callable[[str, str], BadRow],
) -> None:
    """Refuse a code that does not exist in its list, or further up in the same file.

    A code that was merged into another one points there.
    """
    for field in row._meta.concrete_fields:
        target = getattr(row, field.attname)
        if not field.is_relation or target is None:
            continue
        other: Any = field.related_model
        if other not in known:
            known[other] = living_codes(other)
        setattr(row, field.attname, known[other].get(target, target))
        if target not in known[other] and not (isinstance(row, other) and target in keys):
            raise refuse(field.name, f"{target!r} is not a known {other._meta.verbose_name}.")


def living_codes(model: type[models.Model]) -> dict[Any, Any]:
    """Return every code of a list → the one it was merged into, or itself."""
    into = models.F("merged_into_id") if issubclass(model, Term) else models.Value(None, models.CharField())
    return {code: other or code for code, other in model._default_manager.values_list("pk", into)}
