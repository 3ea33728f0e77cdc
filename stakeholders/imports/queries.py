"""What the pages of an import show, and the words that its files may use."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import QuerySet

from core.spreadsheet_cells import harmless
from core.text import fold
from stakeholders.imports.enums import RowOutcome, Rule
from stakeholders.imports.fields import CODES, FIELDS, Words
from stakeholders.imports.models import Import, ImportRow
from taxonomy.places.models import Country
from taxonomy.places.queries import codes_left_out, codes_placed
from taxonomy.terms.models import Topic

SHOWN = 50
_RULES = dict(Rule.choices)


def progress_key(pk: int) -> str:
    return f"stakeholders:import:{pk}"


def rows_done(of: Import) -> int:
    """How many rows the worker has behind it."""
    return cache.get(progress_key(of.pk)) or 0


def words() -> Words:
    """The codes and English names of countries and topics; and the codes that the desk does not place."""
    countries = {fold(name): iso3 for iso3, name in Country.objects.values_list("iso3", "name_en")}
    topics = {
        fold(word): code for code, name in Topic.objects.values_list("pk", "name_en") for word in (name, code)
    }
    return Words({**countries, **codes_placed()}, frozenset(codes_left_out()), topics)


def imports(user: Any) -> QuerySet[Import]:
    """All imports, the newest first, with their sources."""
    return Import.objects.visible_to(user).select_related("source", "asked_by")


class Change(NamedTuple):
    label: Any
    before: Any
    after: Any


class RowInWords(NamedTuple):
    """A row of the preview with all that is said about it."""

    row: ImportRow
    changes: list[Change]
    problems: list[tuple[str, Any, str]]
    # A code of an area that the desk has not placed yet.
    area: str = ""


def preview(of: Import, outcome: str) -> QuerySet[ImportRow]:
    """The rows of one outcome; "undecided" and "left" are asked for in the same way."""
    rows = of.rows.select_related("stakeholder", "twin", "twin__country")
    if outcome == "undecided":
        return rows.filter(outcome=RowOutcome.NEW, decision="").exclude(twin=None)
    if outcome == "left":
        return rows.filter(left=True)
    return rows.filter(outcome=outcome)


def row_in_words(rows: Any) -> list[RowInWords]:
    return [
        RowInWords(row, _changes(row), [_problem(said) for said in row.problems], _area(row)) for row in rows
    ]


def _area(row: ImportRow) -> str:
    return next((value for _column, rule, value in row.problems if rule == Rule.UNPLACED), "")


def _changes(row: ImportRow) -> list[Change]:
    """Field by field, what a reader knows of; the keys that follow from them are nobody's to read."""
    labels = {one.code: one.label for one in FIELDS}
    said = []
    for code in CODES:
        pair = row.changes.get("country_id" if code == "country" else code)
        if pair is not None:
            before, after = (", ".join(one) if isinstance(one, list) else one for one in pair)
            said.append(Change(labels[code], before, after))
    return said


def _problem(said: list[str]) -> tuple[str, Any, str]:
    """(column, rule in the reader's language, value)."""
    column, rule, value = said
    return column, _RULES.get(rule, rule), value


def error_table(of: Import) -> Iterator[list[str]]:
    """The rows with errors as they were sent, with one more column that says what to mend."""
    yield [*(harmless(head) for head in of.heads), "error"]
    rows = of.rows.filter(outcome=RowOutcome.REFUSED).only("row", "cells", "problems")
    for one in rows.iterator(chunk_size=1000):
        cells = [harmless(cell) for cell in one.cells[: len(of.heads)]]
        padding = [""] * (len(of.heads) - len(cells))
        yield [*cells, *padding, harmless(" | ".join(problems_in_words(one)))]


def problems_in_words(row: ImportRow) -> list[str]:
    """Each problem as a sentence with row, column, rule and value."""
    return [
        f"row {row.row}, {column or '(all)'}: {rule}" + (f" ({value})" if value else "")
        for column, rule, value in map(_problem, row.problems)
    ]
