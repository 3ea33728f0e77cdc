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
        """The rows with their outcomes, but for twins."""
        read = [self._read(row, cells) for row, cells in rows]
        # Of what is skipped or cannot be read at all, nothing else is said.
        over = (RowOutcome.SKIPPED, RowOutcome.REFUSED)
        there = KnownEntries(self.of, [one for one in read if one.outcome not in over])
        for one in read:
            if one.outcome not in over:
                self._place(one, there)
            if one.outcome != RowOutcome.REFUSED:
                one.cells = []
            yield one

    def _read(self, row: int, cells: list[str]) -> JudgedRow:
        one = JudgedRow(self.of, row, cells)
        if len(cells) > len(self.heads):
            one.problems = [["", Rule.CELLS, clean_line(cells[len(self.heads)])[:200]]]
            one.outcome = RowOutcome.REFUSED
        elif self.of.is_ror:
            self._read_ror(one)
        else:
            heads = {code: self.heads[place] for code, place in self.places.items()}
            one.values, one.problems = judge_cell(self._said(cells), heads, self.words)
            if any(rule == Rule.LEFT_OUT for _head, rule, _value in one.problems):
                one.outcome, one.why = RowOutcome.SKIPPED, Rule.LEFT_OUT
        return one

    def _said(self, cells: Sequence[str]) -> dict[str, str]:
        """Field → its cell."""
        return {code: cells[place] if place < len(cells) else "" for code, place in self.places.items()}

    def _read_ror(self, one: JudgedRow) -> None:
        cells = [*one.cells, *[""] * (len(self.heads) - len(one.cells))]
        found = ror.of_cells(one.row, dict(zip(self.heads, cells, strict=True)), self.seen_ror)
        if isinstance(found, Skipped):
            one.outcome, one.why = RowOutcome.SKIPPED, found.why[:60]
        elif isinstance(found, Refused):
            one.problems = [_of_ror(problem) for problem in found.problems]
            one.outcome = RowOutcome.REFUSED
        elif found.country_code in self.words.left_out:
            one.outcome, one.why = RowOutcome.SKIPPED, Rule.LEFT_OUT
        elif (country := self.words.country(found.country_code)) is None:
            one.problems = [["country_code", Rule.UNPLACED, found.country_code]]
            one.outcome = RowOutcome.REFUSED
        else:
            said = {
                "kind": found.kind,
                "name": found.name,
                "name_latin": found.name_latin,
                "acronym": found.acronym,
                "country": country,
                "city": found.city,
                "website": found.website,
                "ror_id": found.ror_id,
                "source_url": found.ror_id,
            }
            one.values = {code: value for code, value in said.items() if value}
            if found.other_names:
                known = self.words.languages
                one.values["other_names"] = sorted(
                    [name, language if language in known else ""] for name, language in found.other_names
                )

    def _place(self, one: JudgedRow, there: "KnownEntries") -> None:
        entry = there.entry(one)
        if entry is not None:
            # What the entry says already is nobody's mistake to mend.
            one.problems = [said for said in one.problems if not _stands(entry, said[2])]
        one.problems += self._faults(one, entry, there)
        if one.problems:
            one.outcome = RowOutcome.REFUSED
        elif entry is None:
            one.values.setdefault("listing", Listing.PUBLIC.value)
            self._fill(one)
        else:
            compare(one, entry)

    def _faults(
        self, one: JudgedRow, entry: Stakeholder | None, there: "KnownEntries"
    ) -> Iterator[list[str]]:
        if entry is None:
            if number := one.values.get("id"):
                yield [self._head("id"), Rule.UNKNOWN_ENTRY, str(number)]
            yield from self._missing(one)
        else:
            by_ror = there.by_ror.get(one.values.get("ror_id", ""))
            if by_ror is not None and by_ror.pk != entry.pk:
                yield [self._head("ror_id"), Rule.TWO_ENTRIES, one.values["ror_id"]]
        if earlier := self._earlier(one, entry):
            yield [self._head("name"), Rule.TWICE, str(earlier)]

    def _missing(self, one: JudgedRow) -> Iterator[list[str]]:
        """What is needed and neither the row nor the defaults say, nor the row wrongly."""
        given = {"kind": self.of.default_kind, "country": self.of.default_country}
        wrong = {head for head, _rule, _value in one.problems}
        for code in self.needed:
            if not (one.values.get(code) or given.get(code) or self._head(code) in wrong):
                yield [self._head(code), Rule.MISSING, ""]

    def _earlier(self, one: JudgedRow, entry: Stakeholder | None) -> int:
        """The earlier row that says the same, or 0. What identifiers or sites tell apart is not the same."""
        if entry is not None:
            before = self.seen_entries.setdefault(entry.pk, one.row)
            return before if before != one.row else 0
        name = one.values.get("name", "")
        if not name:
            return 0
        country = one.values.get("country", self.of.default_country)
        ror_id, site = one.values.get("ror_id", ""), one.values.get("website", "")
        others = self.seen_names.setdefault((fold(name), country), [])
        for row, its_ror, its_site in others:
            if not _told_apart(ror_id, its_ror) and not _told_apart(site, its_site):
                return row
        others.append((one.row, ror_id, site))
        return 0

    def _head(self, code: str) -> str:
        place = self.places.get(code)
        return self.heads[place] if place is not None else code

    def _fill(self, one: JudgedRow) -> None:
        one.values.setdefault("kind", self.of.default_kind)
        one.values.setdefault("country", self.of.default_country)
        keys = Stakeholder.keys_for(
            one.values["name"], one.values.get("name_latin", ""), one.values.get("website", "")
        )
        for name, key in keys.items():
            setattr(one, name, key)


class KnownEntries:
    """The entries that some rows may mean, by what identifies them. A fixed number of statements."""

    def __init__(self, of: Import, rows: Sequence[JudgedRow]) -> None:
        self.of = of
        values = [row.values for row in rows]
        entries = Stakeholder.objects.exclude(status=Status.MERGED).prefetch_related("topics", "other_names")
        self.by_id = entries.in_bulk({one["id"] for one in values if "id" in one})
        self.by_ror = {
            one.ror_id: one
            # Without saying that it is not empty, the index would not be used.
            for one in entries.exclude(ror_id="").filter(
                ror_id__in=any_of({v["ror_id"] for v in values if "ror_id" in v})
            )
        }
        self.by_name: dict[tuple[str, str], Stakeholder] = {}
        own = entries.filter(source_name=of.source.name).order_by("-pk")
        unknown = [
            one
            for one in values
            if "name" in one and "id" not in one and one.get("ror_id") not in self.by_ror
        ]
        if unknown:
            keys = {_sort_key(one) for one in unknown}
            self.by_name = {
                (one.sort_key, one.country_id): one for one in own.filter(sort_key__in=any_of(keys))
            }

    def entry(self, row: JudgedRow) -> Stakeholder | None:
        said = row.values
        if "id" in said:
            return self.by_id.get(said["id"])
        if (found := self.by_ror.get(said.get("ror_id", ""))) is not None:
            return found
        if "name" not in said:
            return None
        found = self.by_name.get((_sort_key(said), said.get("country", self.of.default_country)))
        if found is not None and _told_apart(said.get("ror_id", ""), found.ror_id):
            return None
        return found


def compare(one: ImportRow | JudgedRow, entry: Stakeholder) -> None:
    """Put down what the row would change in the entry, and what comes of it."""
    one.stakeholder = entry
    differs = {
        code: value
        for code in WRITTEN
        if (value := one.values.get(code)) is not None and not _same(code, value, entry)
    }
    names = further_names(one.values.get("other_names", ()), entry)
    if names:
        differs["other_names"] = names
    one.changes = _changes(differs, entry, one.of) if differs else {}
    if not differs:
        one.outcome = RowOutcome.UNCHANGED
    elif entry.status != Status.LISTED:
        one.outcome = RowOutcome.CLAIMED
    else:
        one.outcome = RowOutcome.CHANGED


def _changes(differs: Mapping[str, Any], entry: Stakeholder, of: Import) -> dict[str, list[Any]]:
    """Column → [before, after], with the kept keys and the source that change with them."""
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
        there = _other_names(entry)
        changes["other_names"] = [there, sorted(there + differs["other_names"])]
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
    """What comes of a text on its way out through our own export and in again."""
    return clean_line(unescaped_cell(harmless(text)))


def _stands(entry: Stakeholder, cell: str) -> bool:
    return bool(cell) and cell in {
        _as_exported(str(getattr(entry, ATTRIBUTES.get(code, code))))[:200]
        for code in WRITTEN
        if code != "topics"
    }


def _sort_key(said: Mapping[str, Any]) -> str:
    return fold(said.get("name_latin") or said["name"])[:KEY_LENGTH]


def _told_apart(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _of_ror(problem: Problem) -> list[str]:
    rule = _ROR_RULES.get(problem.rule, Rule.SCHEMA)
    if problem.rule.endswith("is missing."):
        rule = Rule.MISSING
    elif problem.rule.startswith("At most"):
        rule = Rule.TOO_LONG
    return ["" if problem.column == "(all)" else problem.column, rule, problem.value[:200]]
