"""What the rows of a file come to, some thousand at a time, beside the entries that are there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any, ClassVar

from core.bulk import any_of
from core.spreadsheet_cells import harmless, unescaped_cell
from core.text import clean_line, fold
from stakeholders.entries.enums import Listing, NameKind, Status
from stakeholders.entries.models import KEY_LENGTH, Stakeholder
from stakeholders.imports.enums import RowOutcome, Rule
from stakeholders.imports.fields import NEEDED, WRITTEN, Words, judge_cell
from stakeholders.imports.models import Import, ImportRow
from stakeholders.registers import ror
from stakeholders.registers.outcomes import Problem, Refused, Skipped
from stakeholders.registers.queries import further_names

_ROR_RULES = {
    "This is not a ROR identifier.": Rule.BAD_ROR,
    "This identifier stands in the file twice.": Rule.TWICE,
    "An ISO alpha-2 code has two letters.": Rule.UNKNOWN_COUNTRY,
    "A name needs letters or digits.": Rule.NO_LETTERS,
    "This is not an address that begins with http:// or https://.": Rule.BAD_ADDRESS,
}
# columns of an entry → fields of a file
ATTRIBUTES = {"country": "country_id"}
_KEYS = ("name_key", "sort_key", "site_key", "slug")


@dataclass(slots=True)
class JudgedRow:
    """A row as it will be kept (`ImportRow` says what each means); to make models would take longer."""

    of: Import
    row: int
    cells: list[str]
    outcome: str = RowOutcome.NEW
    values: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[list[str]] = field(default_factory=list)
    why: str = ""
    stakeholder: Stakeholder | None = None
    decision: str = ""
    left: bool = False
    name_key: str = ""
    sort_key: str = ""
    site_key: str = ""
    slug: str = ""

    @property
    def of_id(self) -> int:
        return self.of.pk

    @property
    def stakeholder_id(self) -> int | None:
        return self.stakeholder.pk if self.stakeholder else None


@dataclass
class Judge:
    """Judges the rows of one file in their order; remembers what stood in the rows before."""

    of: Import
    words: Words
    heads: Sequence[str]
    # "field" → place in the file
    places: Mapping[str, int]
    seen_ror: set[str] = field(default_factory=set)
    seen_entries: dict[int, int] = field(default_factory=dict)
    seen_names: dict[tuple[str, str], list[tuple[int, str, str]]] = field(default_factory=dict)
    # Fields without which a row is an error.
    needed: ClassVar[tuple[str, ...]] = NEEDED

    def judge(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[JudgedRow]:
        """Yield the rows with their outcomes; twins are found later."""
        read = [self._read(number, cells) for number, cells in rows]
        # Of what is skipped or cannot be read at all, nothing else is said.
        over = (RowOutcome.SKIPPED, RowOutcome.REFUSED)
        known_entries = KnownEntries(self.of, [row for row in read if row.outcome not in over])
        for row in read:
            if row.outcome not in over:
                self._place(row, known_entries)
            if row.outcome != RowOutcome.REFUSED:
                row.cells = []
            yield row

    def _read(self, number: int, cells: list[str]) -> JudgedRow:
        row = JudgedRow(self.of, number, cells)
        if len(cells) > len(self.heads):
            row.problems = [["", Rule.CELLS, clean_line(cells[len(self.heads)])[:200]]]
            row.outcome = RowOutcome.REFUSED
        elif self.of.is_ror:
            self._read_ror(row)
        else:
            heads = {code: self.heads[place] for code, place in self.places.items()}
            row.values, row.problems = judge_cell(self._cells_by_field(cells), heads, self.words)
            if any(rule == Rule.LEFT_OUT for _head, rule, _value in row.problems):
                row.outcome, row.why = RowOutcome.SKIPPED, Rule.LEFT_OUT
        return row

    def _cells_by_field(self, cells: Sequence[str]) -> dict[str, str]:
        """Return field → its cell."""
        return {code: cells[place] if place < len(cells) else "" for code, place in self.places.items()}

    def _read_ror(self, row: JudgedRow) -> None:
        cells = [*row.cells, *[""] * (len(self.heads) - len(row.cells))]
        organization = ror.judge_cells(row.row, dict(zip(self.heads, cells, strict=True)), self.seen_ror)
        if isinstance(organization, Skipped):
            row.outcome, row.why = RowOutcome.SKIPPED, organization.why[:60]
        elif isinstance(organization, Refused):
            row.problems = [_problem_of_ror(problem) for problem in organization.problems]
            row.outcome = RowOutcome.REFUSED
        elif organization.country_code in self.words.left_out:
            row.outcome, row.why = RowOutcome.SKIPPED, Rule.LEFT_OUT
        elif (country := self.words.country(organization.country_code)) is None:
            row.problems = [["country_code", Rule.UNPLACED, organization.country_code]]
            row.outcome = RowOutcome.REFUSED
        else:
            fields = {
                "kind": organization.kind,
                "name": organization.name,
                "name_latin": organization.name_latin,
                "acronym": organization.acronym,
                "country": country,
                "city": organization.city,
                "website": organization.website,
                "ror_id": organization.ror_id,
                "source_url": organization.ror_id,
            }
            row.values = {code: value for code, value in fields.items() if value}
            if organization.other_names:
                known = self.words.languages
                row.values["other_names"] = sorted(
                    [name, language if language in known else ""]
                    for name, language in organization.other_names
                )

    def _place(self, row: JudgedRow, known_entries: "KnownEntries") -> None:
        entry = known_entries.entry(row)
        if entry is not None:
            # What the entry says already is nobody's mistake to mend.
            row.problems = [problem for problem in row.problems if not _already_says(entry, problem[2])]
        row.problems += self._faults(row, entry, known_entries)
        if row.problems:
            row.outcome = RowOutcome.REFUSED
        elif entry is None:
            row.values.setdefault("listing", Listing.PUBLIC.value)
            self._fill(row)
        else:
            compare(row, entry)

    def _faults(
        self, row: JudgedRow, entry: Stakeholder | None, known_entries: "KnownEntries"
    ) -> Iterator[list[str]]:
        if entry is None:
            if number := row.values.get("id"):
                yield [self._head("id"), Rule.UNKNOWN_ENTRY, str(number)]
            yield from self._missing(row)
        else:
            by_ror = known_entries.by_ror.get(row.values.get("ror_id", ""))
            if by_ror is not None and by_ror.pk != entry.pk:
                yield [self._head("ror_id"), Rule.TWO_ENTRIES, row.values["ror_id"]]
        if earlier := self._earlier(row, entry):
            yield [self._head("name"), Rule.TWICE, str(earlier)]

    def _missing(self, row: JudgedRow) -> Iterator[list[str]]:
        """Yield a problem for each needed field that neither the row nor the defaults fill."""
        given = {"kind": self.of.default_kind, "country": self.of.default_country}
        wrong = {head for head, _rule, _value in row.problems}
        for code in self.needed:
            if not (row.values.get(code) or given.get(code) or self._head(code) in wrong):
                yield [self._head(code), Rule.MISSING, ""]

    def _earlier(self, row: JudgedRow, entry: Stakeholder | None) -> int:
        """Return the number of the earlier row of the same entry, or 0.

        Rows whose identifiers or sites differ are of different entries.
        """
        if entry is not None:
            before = self.seen_entries.setdefault(entry.pk, row.row)
            return before if before != row.row else 0
        name = row.values.get("name", "")
        if not name:
            return 0
        country = row.values.get("country", self.of.default_country)
        ror_id, site = row.values.get("ror_id", ""), row.values.get("website", "")
        others = self.seen_names.setdefault((fold(name), country), [])
        for number, its_ror, its_site in others:
            if not _contradict(ror_id, its_ror) and not _contradict(site, its_site):
                return number
        others.append((row.row, ror_id, site))
        return 0

    def _head(self, code: str) -> str:
        place = self.places.get(code)
        return self.heads[place] if place is not None else code

    def _fill(self, row: JudgedRow) -> None:
        row.values.setdefault("kind", self.of.default_kind)
        row.values.setdefault("country", self.of.default_country)
        keys = Stakeholder.keys_for(
            row.values["name"], row.values.get("name_latin", ""), row.values.get("website", "")
        )
        for name, key in keys.items():
            setattr(row, name, key)


class KnownEntries:
    """The entries that some rows may mean, by what identifies them."""

    def __init__(self, of: Import, rows: Sequence[JudgedRow]) -> None:
        self.of = of
        values = [row.values for row in rows]
        entries = Stakeholder.objects.exclude(status=Status.MERGED).prefetch_related("topics", "other_names")
        self.by_id = entries.in_bulk({row_values["id"] for row_values in values if "id" in row_values})
        self.by_ror = {
            entry.ror_id: entry
            # Without saying that it is not empty, the index would not be used.
            for entry in entries.exclude(ror_id="").filter(
                ror_id__in=any_of({v["ror_id"] for v in values if "ror_id" in v})
            )
        }
        self.by_name: dict[tuple[str, str], Stakeholder] = {}
        own = entries.filter(source_name=of.source.name).order_by("-pk")
        unknown = [
            row_values
            for row_values in values
            if "name" in row_values and "id" not in row_values and row_values.get("ror_id") not in self.by_ror
        ]
        if unknown:
            keys = {_sort_key(row_values) for row_values in unknown}
            self.by_name = {
                (entry.sort_key, entry.country_id): entry for entry in own.filter(sort_key__in=any_of(keys))
            }

    def entry(self, row: JudgedRow) -> Stakeholder | None:
        values = row.values
        if "id" in values:
            return self.by_id.get(values["id"])
        if (entry := self.by_ror.get(values.get("ror_id", ""))) is not None:
            return entry
        if "name" not in values:
            return None
        entry = self.by_name.get((_sort_key(values), values.get("country", self.of.default_country)))
        if entry is not None and _contradict(values.get("ror_id", ""), entry.ror_id):
            return None
        return entry


def compare(row: ImportRow | JudgedRow, entry: Stakeholder) -> None:
    """Write into the row what it would change in the entry, and its outcome."""
    row.stakeholder = entry
    differs = {
        code: value
        for code in WRITTEN
        if (value := row.values.get(code)) is not None and not _same(code, value, entry)
    }
    names = further_names(row.values.get("other_names", ()), entry)
    if names:
        differs["other_names"] = names
    row.changes = _changes(differs, entry, row.of) if differs else {}
    if not differs:
        row.outcome = RowOutcome.UNCHANGED
    elif entry.status != Status.LISTED:
        row.outcome = RowOutcome.CLAIMED
    else:
        row.outcome = RowOutcome.CHANGED


def _changes(differs: Mapping[str, Any], entry: Stakeholder, of: Import) -> dict[str, list[Any]]:
    """Return column → [before, after], with the keys and the source that change with them."""
    after = copy(entry)
    for code, value in differs.items():
        if code not in ("topics", "other_names"):
            setattr(after, ATTRIBUTES.get(code, code), value)
    after.keep_keys()
    after.source_name = differs.get("source_name", of.source.name)
    after.source_date = of.source_date
    names = [ATTRIBUTES.get(code, code) for code in WRITTEN if code != "topics"]
    changes = {
        name: [getattr(entry, name), getattr(after, name)]
        for name in (*names, *_KEYS)
        if getattr(entry, name) != getattr(after, name)
    }
    if entry.source_date != after.source_date:
        changes["source_date"] = [_iso(entry.source_date), _iso(after.source_date)]
    if "topics" in differs:
        changes["topics"] = [_topics(entry), differs["topics"]]
    if "other_names" in differs:
        names_before = _other_names(entry)
        changes["other_names"] = [names_before, sorted(names_before + differs["other_names"])]
    return changes


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _topics(entry: Stakeholder) -> list[str]:
    return sorted(topic.pk for topic in entry.topics.all())


def _other_names(entry: Stakeholder) -> list[list[str]]:
    return sorted(
        [name.text, name.language_id or ""] for name in entry.other_names.all() if name.kind == NameKind.OTHER
    )


def _same(code: str, value: Any, entry: Stakeholder) -> bool:
    if code == "topics":
        return bool(value == _topics(entry))
    old = getattr(entry, ATTRIBUTES.get(code, code))
    return value == old or _as_exported(old) == value


def _as_exported(text: str) -> str:
    """Return a text as it comes back from our own export."""
    return clean_line(unescaped_cell(harmless(text)))


def _already_says(entry: Stakeholder, cell: str) -> bool:
    return bool(cell) and cell in {
        _as_exported(str(getattr(entry, ATTRIBUTES.get(code, code))))[:200]
        for code in WRITTEN
        if code != "topics"
    }


def _sort_key(values: Mapping[str, Any]) -> str:
    return fold(values.get("name_latin") or values["name"])[:KEY_LENGTH]


def _contradict(identifier: str, other: str) -> bool:
    return bool(identifier and other and identifier != other)


def _problem_of_ror(problem: Problem) -> list[str]:
    rule = _ROR_RULES.get(problem.rule, Rule.SCHEMA)
    if problem.rule.endswith("is missing."):
        rule = Rule.MISSING
    elif problem.rule.startswith("At most"):
        rule = Rule.TOO_LONG
    return ["" if problem.column == "(all)" else problem.column, rule, problem.value[:200]]
