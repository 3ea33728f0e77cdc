"""What the pages of an import show, and the words that its files may use."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.spreadsheet_cells import harmless
from core.spreadsheet_reader import Sheet, rows
from core.text import clean_line, fold
from stakeholders.entries.enums import Kind
from stakeholders.imports.enums import ImportPurpose, RowOutcome, Rule, TwinReason
from stakeholders.imports.fields import CODES, FIELDS, Words, invert_words
from stakeholders.imports.models import Import, ImportQuerySet, ImportRow, ImportSource
from stakeholders.imports.synonyms import COUNTRIES
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country
from taxonomy.places.queries import codes_left_out, codes_placed
from taxonomy.synonyms.models import Synonym
from taxonomy.terms.models import Language, Topic

SHOWN = 50
LOOKED_AT = 20  # rows of a file, for examples beside the question what its columns mean
EXAMPLES = 3
_RULES = dict(Rule.choices)
_REASONS = dict(TwinReason.choices)
_KINDS = dict(Kind.choices)


def progress_key(pk: int) -> str:
    return f"stakeholders:import:{pk}"


def rows_done(of: Import) -> int:
    """Return how many rows the worker has handled."""
    return cache.get(progress_key(of.pk)) or 0


def words() -> Words:
    """Return the codes and names of countries and topics, and the codes that the desk does not place.

    Of a country its names in the six languages, and the further ones by which the search finds it.
    """
    names = Country.objects.values_list("iso3", *(f"name_{code}" for code in UN_LANGUAGES))
    synonyms = Synonym.objects.filter(in_use=True, means__startswith="country:").values_list("text", "means")
    countries = {fold(text): means.removeprefix("country:") for text, means in synonyms}
    countries |= invert_words(COUNTRIES) | invert_words({iso3: called for iso3, *called in names})
    countries.pop("", None)
    topics = {
        fold(word): code for code, name in Topic.objects.values_list("pk", "name_en") for word in (name, code)
    }
    languages = frozenset(Language.objects.values_list("pk", flat=True))
    return Words({**countries, **codes_placed()}, frozenset(codes_left_out()), topics, languages)


def imports(user: Any) -> ImportQuerySet:
    """Return the imports into the directory, the newest first, with their sources."""
    return files_for(user, ImportPurpose.DIRECTORY)


def files_for(user: Any, purpose: ImportPurpose) -> ImportQuerySet:
    return Import.objects.visible_to(user).filter(purpose=purpose).select_related("source", "asked_by")


def sources_for(user: Any, purpose: ImportPurpose) -> QuerySet[ImportSource]:
    return ImportSource.objects.visible_to(user).filter(purpose=purpose)


def sheet_of(of: Import) -> Sheet:
    """Return how the file of the import is read."""
    return Sheet("csv" if of.is_ror else of.format, of.encoding, of.separator, of.heads, of.head_row)


def examples(of: Import) -> dict[int, str]:
    """Return by place of a column the first texts of its cells."""
    with of.file.open("rb") as stream:
        first = [cells for _row, cells in islice(rows(stream, sheet_of(of)), LOOKED_AT)]
    samples = {}
    for place in range(len(of.heads)):
        cells = dict.fromkeys(clean_line(cells[place])[:60] for cells in first if place < len(cells))
        samples[place] = " · ".join(list(filter(None, cells))[:EXAMPLES])
    return samples


class FieldChange(NamedTuple):
    label: Any
    before: Any
    after: Any


class RowInWords(NamedTuple):
    """A row of the preview with all that is said about it."""

    row: ImportRow
    changes: list[FieldChange]
    problems: list[tuple[str, Any, str]]
    # A code of an area that the desk has not placed yet.
    area: str = ""
    # By what it looks like its twin.
    likeness: Any = ""
    kind: Any = ""
    country: str = ""


def preview(of: Import, outcome: str) -> QuerySet[ImportRow]:
    """Return the rows of one outcome, or those that are "undecided" or were "left"."""
    rows: Any = of.rows.select_related("stakeholder", "twin", "twin__country")
    if outcome == "undecided":
        return rows.undecided()
    if outcome == "left":
        return rows.filter(left=True)
    return rows.filter(outcome=outcome)


def rows_in_words(rows: Any) -> list[RowInWords]:
    countries = dict(choices_of(Country)[0])
    return [
        RowInWords(
            row,
            _changes(row),
            [_problem(problem) for problem in row.problems],
            _area(row),
            _REASONS.get(row.why, "") if row.twin_id else "",
            _KINDS.get(row.values.get("kind"), ""),
            countries.get(row.values.get("country"), ""),
        )
        for row in rows
    ]


def _area(row: ImportRow) -> str:
    return next((value for _column, rule, value in row.problems if rule == Rule.UNPLACED), "")


def _changes(row: ImportRow) -> list[FieldChange]:
    """Return the changes of the fields that have a label; the keys that follow from them are left out."""
    labels = {field.code: field.label for field in FIELDS}
    changes = []
    for code in CODES:
        pair = row.changes.get("country_id" if code == "country" else code)
        if pair is not None:
            before, after = (", ".join(side) if isinstance(side, list) else side for side in pair)
            changes.append(FieldChange(labels[code], before, after))
    if pair := row.changes.get("other_names"):
        before, after = (" · ".join(name for name, _language in names) for names in pair)
        changes.append(FieldChange(_("Other names"), before, after))
    return changes


def _problem(problem: list[str]) -> tuple[str, Any, str]:
    """Return (column, rule in the reader's language, value)."""
    column, rule, value = problem
    return column, _RULES.get(rule, rule), value


def error_table(of: Import) -> Iterator[list[str]]:
    """Yield the rows with errors as they were sent, with one more column that says what to mend."""
    yield [*(harmless(head) for head in of.heads), "error"]
    rows = of.rows.filter(outcome=RowOutcome.REFUSED).only("row", "cells", "problems")
    for row in rows.iterator(chunk_size=1000):
        cells = [harmless(cell) for cell in row.cells[: len(of.heads)]]
        padding = [""] * (len(of.heads) - len(cells))
        yield [*cells, *padding, harmless(" | ".join(problems_in_words(row)))]


def problems_in_words(row: ImportRow) -> list[str]:
    """Return each problem as a sentence with row, column, rule and value."""
    return [
        f"row {row.row}, {column or '(all)'}: {rule}" + (f" ({value})" if value else "")
        for column, rule, value in map(_problem, row.problems)
    ]
