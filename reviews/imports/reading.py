"""Published lists as files: read strictly, compared with what stands, checked against the rules of the draw.

Nothing is saved here. A file is CSV with a heading: `iso3,group` · `iso3,instrument,reviewer` ·
`iso3,instrument,is_party,action,date` (y, n or empty; empty is "not known", never "no").
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.text import clean_line
from reviews.imports.models import ReviewImport
from reviews.mechanism.enums import ImportKind
from reviews.mechanism.models import DrawConstraint, ReviewGroup
from reviews.tracker.models import CountryReview, ReviewingState
from taxonomy.law.enums import TreatyAction
from taxonomy.law.models import Instrument, Participation
from taxonomy.places.models import Country

COLUMNS = {
    ImportKind.GROUPS: ("iso3", "group"),
    ImportKind.PAIRINGS: ("iso3", "instrument", "reviewer"),
    ImportKind.PARTICIPATIONS: ("iso3", "instrument", "is_party", "action", "date"),
}
MOST_BYTES = 1_000_000
MOST_ROWS = 5_000
FLAGS = {"y": True, "n": False, "": None}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line cannot be used; nothing is applied while there is one. `line` 0: the file as a whole."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that the file brings. `before` is "" where nothing stands yet."""

    key: tuple[str, ...]
    label: str
    before: str
    after: str
    value: Any


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Where the file, or the file together with what stands, does not keep a known rule of the draw."""

    rule: str
    text: str


@dataclass
class Report:
    problems: list[Problem] = field(default_factory=list)
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    # Reviewing States that stand for a country and instrument of the file, which names others.
    gone: list[Change] = field(default_factory=list)
    same: int = 0
    contradictions: list[Contradiction] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "gone": len(self.gone),
            "same": self.same,
            "contradictions": len(self.contradictions),
        }

    @property
    def can_apply(self) -> bool:
        return not self.problems and bool(self.new or self.changed or self.gone)


def text_of(file: IO[bytes]) -> str:
    """What a file says. Raises DomainError."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise DomainError(_("The file is larger than 1 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise DomainError(_("The file is not UTF-8 text.")) from wrong
    if "\x00" in text:
        raise DomainError(_("The file is not UTF-8 text."))
    return text


def look(kind: str, text: str) -> Report:
    """What a file would do. A fixed number of queries."""
    report = Report()
    rows = _rows(kind, text, report)
    if kind == ImportKind.GROUPS:
        _groups(rows, report)
    elif kind == ImportKind.PAIRINGS:
        _pairings(rows, report)
    else:
        _participations(rows, report)
    return report


Row = tuple[int, dict[str, str]]


def _rows(kind: str, text: str, report: Report) -> list[Row]:
    columns = COLUMNS[ImportKind(kind)]
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    rows: list[Row] = []
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        if tuple(head) != columns:
            wanted = ",".join(columns)
            report.problems.append(Problem(0, _("The first line must be %(columns)s.") % {"columns": wanted}))
            return []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                report.problems.append(Problem(reader.line_num, _("The number of cells is not right.")))
                continue
            rows.append((reader.line_num, dict(zip(columns, map(clean_line, cells), strict=True))))
    except csv.Error:
        report.problems.append(Problem(reader.line_num, _("This line cannot be read as CSV.")))
    if not rows and not report.problems:
        report.problems.append(Problem(0, _("The file has no lines.")))
    if len(rows) > MOST_ROWS:
        report.problems.append(Problem(0, _("The file has more than %(most)s lines.") % {"most": MOST_ROWS}))
        return []
    return rows


def _known(
    rows: Iterable[Row], lists: Mapping[str, Mapping[str, Any]], key: tuple[str, ...], report: Report
) -> list[Row]:
    """The rows whose codes are all known, each key once."""
    seen: dict[tuple[str, ...], int] = {}
    good = []
    for line, row in rows:
        wrong = [name for name, known in lists.items() if row[name].upper() not in known]
        for name in wrong:
            report.problems.append(
                Problem(
                    line, _("“%(code)s” is not known as %(column)s.") % {"code": row[name], "column": name}
                )
            )
        if wrong:
            continue
        row |= {name: row[name].upper() for name in lists}
        own = tuple(row[name] for name in key)
        if own in seen:
            report.problems.append(Problem(line, _("The same as line %(line)s.") % {"line": seen[own]}))
            continue
        seen[own] = line
        good.append((line, row))
    return good


def _names() -> dict[str, str]:
    """Countries that have a review → their names in the language in use."""
    rows = CountryReview.objects.select_related("country")
    return {review.country_id: review.country.name for review in rows}


def _groups(rows: list[Row], report: Report) -> None:
    names = _names()
    groups = {group.pk: str(group) for group in ReviewGroup.objects.all()}
    stands = dict(CountryReview.objects.values_list("country_id", "group_id"))
    for _line, row in _known(rows, {"iso3": names, "group": groups}, ("iso3",), report):
        before, after = stands[row["iso3"]] or "", row["group"]
        _compare(
            report,
            (row["iso3"],),
            names[row["iso3"]],
            before=groups.get(before, ""),
            after=groups[after],
            value=after,
        )


def _compare(
    report: Report, key: tuple[str, ...], label: str, *, before: str, after: str, value: Any
) -> None:
    if before == after:
        report.same += 1
    elif before:
        report.changed.append(Change(key, label, before, after, value))
    else:
        report.new.append(Change(key, label, before, after, value))


# --- Reviewing States ---------------------------------------------------------------------------------
def _pairings(rows: list[Row], report: Report) -> None:
    names, instruments = _names(), _instruments()
    countries = {country.pk: country for country in Country.objects.all()}
    good = _known(
        rows,
        {"iso3": names, "instrument": instruments, "reviewer": countries},
        ("iso3", "instrument", "reviewer"),
        report,
    )
    for line, row in list(good):
        if row["iso3"] == row["reviewer"]:
            report.problems.append(Problem(line, _("A State cannot review itself.")))
    stands = set(ReviewingState.objects.values_list("review__country_id", "instrument_id", "reviewer_id"))
    named: set[tuple[str, str, str]] = set()
    for _line, row in good:
        key = (row["iso3"], row["instrument"], row["reviewer"])
        named.add(key)
        label = _("%(country)s, %(instrument)s") % {
            "country": names[key[0]],
            "instrument": instruments[key[1]],
        }
        reviewer = countries[key[2]].name
        _compare(report, key, label, before=reviewer if key in stands else "", after=reviewer, value=key)
    touched = {(key[0], key[1]) for key in named}
    left = {key for key in stands - named if (key[0], key[1]) in touched}
    report.gone = [
        Change(
            key,
            f"{names.get(key[0], key[0])}, {instruments.get(key[1], key[1])}",
            countries[key[2]].name,
            "",
            key,
        )
        for key in sorted(left)
    ]
    if not report.problems:
        report.contradictions = contradictions(named | (stands - left), {key[0] for key in named}, countries)


def contradictions(
    pairs: set[tuple[str, str, str]], checked: set[str], countries: Mapping[str, Country]
) -> list[Contradiction]:
    """Where (country, instrument, reviewer) do not keep the rules in use, for the countries `checked`.

    What is not known (who is a party, a regional group) contradicts nothing.
    """
    rules = {rule.pk: rule for rule in DrawConstraint.objects.filter(in_use=True)}
    parties = {
        (country, instrument): flag
        for country, instrument, flag in Participation.objects.exclude(country=None).values_list(
            "country_id", "instrument_id", "is_party"
        )
    }
    found = [
        *_mutual(pairs, countries),
        *_not_party(pairs, parties, countries),
        *_number(pairs, rules, countries),
        *_most(pairs, rules, countries),
        *_regional(pairs, countries),
    ]
    return [
        Contradiction(str(rules[rule]), text)
        for rule, iso3s, text in found
        if rule in rules and not checked.isdisjoint(iso3s)
    ]


Found = tuple[str, set[str], str]
Pairs = set[tuple[str, str, str]]


def _mutual(pairs: Pairs, countries: Mapping[str, Country]) -> list[Found]:
    reviews = {(reviewed, reviewer) for reviewed, _instrument, reviewer in pairs}
    return [
        (
            "NO_MUTUAL",
            {one, other},
            _("%(one)s and %(other)s review each other.")
            % {"one": countries[one].name, "other": countries[other].name},
        )
        for one, other in sorted(reviews)
        if one < other and (other, one) in reviews
    ]


def _not_party(
    pairs: Pairs, parties: Mapping[tuple[str, str], bool | None], countries: Mapping[str, Country]
) -> list[Found]:
    return [
        (
            "SAME_INSTRUMENT",
            {reviewed},
            _("%(reviewer)s reviews %(country)s for %(instrument)s, to which it is not a party.")
            % {"reviewer": countries[reviewer].name, "country": countries[reviewed].name, "instrument": code},
        )
        for reviewed, code, reviewer in sorted(pairs)
        if parties.get((reviewer, code)) is False
    ]


def _of_instrument(pairs: Pairs) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for reviewed, code, reviewer in pairs:
        found[reviewed, code].add(reviewer)
    return found


def _number(
    pairs: Pairs, rules: Mapping[str, DrawConstraint], countries: Mapping[str, Country]
) -> list[Found]:
    rule = rules.get("TWO_REVIEWERS")
    if rule is None or rule.number is None:
        return []
    return [
        (
            "TWO_REVIEWERS",
            {reviewed},
            _("%(country)s has %(number)s reviewing States for %(instrument)s.")
            % {"country": countries[reviewed].name, "number": len(reviewers), "instrument": code},
        )
        for (reviewed, code), reviewers in sorted(_of_instrument(pairs).items())
        if len(reviewers) != rule.number
    ]


def _most(pairs: Pairs, rules: Mapping[str, DrawConstraint], countries: Mapping[str, Country]) -> list[Found]:
    rule = rules.get("MAX_FOUR")
    if rule is None or rule.number is None:
        return []
    of: dict[str, set[str]] = defaultdict(set)
    for reviewed, _code, reviewer in pairs:
        of[reviewed].add(reviewer)
    return [
        (
            "MAX_FOUR",
            {reviewed},
            _("%(country)s has %(number)s reviewing States over all instruments.")
            % {"country": countries[reviewed].name, "number": len(reviewers)},
        )
        for reviewed, reviewers in sorted(of.items())
        if len(reviewers) > rule.number
    ]


def _regional(pairs: Pairs, countries: Mapping[str, Country]) -> list[Found]:
    found = []
    for (reviewed, code), reviewers in sorted(_of_instrument(pairs).items()):
        own = countries[reviewed].un_group
        groups = [countries[reviewer].un_group for reviewer in reviewers]
        # A party without a regional group: what holds for it was not found.
        if not own or not all(groups) or len(groups) < 2:
            continue
        if own not in groups or all(group == own for group in groups):
            words = {"country": countries[reviewed].name, "instrument": code}
            text = _(
                "The reviewing States of %(country)s for %(instrument)s are not one of its own regional "
                "group and one of another."
            )
            found.append(("REGIONAL", {reviewed}, text % words))
    return found


# --- Parties ------------------------------------------------------------------------------------------
def _instruments() -> dict[str, str]:
    return {row.pk: row.name for row in Instrument.objects.filter(reviewed=True)}


def _participations(rows: list[Row], report: Report) -> None:
    countries = {country.pk: country.name for country in Country.objects.all()}
    instruments = _instruments()
    good = _known(rows, {"iso3": countries, "instrument": instruments}, ("iso3", "instrument"), report)
    stands = {
        (one.country_id or "", one.instrument_id): one for one in Participation.objects.exclude(country=None)
    }
    for line, row in good:
        value = _party(line, row, report)
        if value is None:
            continue
        key = (row["iso3"], row["instrument"])
        old = stands.get(key)
        before = party_words(old.is_party, old.action, old.date) if old else ""
        label = f"{countries[key[0]]}, {instruments[key[1]]}"
        _compare(report, key, label, before=before, after=party_words(*value), value=value)


def _party(line: int, row: Mapping[str, str], report: Report) -> tuple[bool | None, str, date | None] | None:
    flag, action = row["is_party"].lower(), row["action"].lower()
    if flag not in FLAGS:
        report.problems.append(Problem(line, _("“is_party” must be y, n or empty.")))
        return None
    if action and action not in TreatyAction.values:
        report.problems.append(Problem(line, _("“%(code)s” is not a known act.") % {"code": action}))
        return None
    try:
        day = date.fromisoformat(row["date"]) if row["date"] else None
    except ValueError:
        report.problems.append(Problem(line, _("“%(text)s” is not a day.") % {"text": row["date"]}))
        return None
    if day and FLAGS[flag] is not True:
        report.problems.append(Problem(line, _("States that have deposited an instrument are parties.")))
        return None
    return FLAGS[flag], action, day


def party_words(is_party: bool | None, action: str, day: date | None) -> str:
    """For the comparison: "party, ratification, 2004-03-04"; never "" for a row that stands."""
    word = {True: _("party"), False: _("not a party"), None: _("not known")}[is_party]
    return ", ".join(part for part in (word, action, day.isoformat() if day else "") if part)


def imports_at_desk(user: Any) -> QuerySet[ReviewImport]:
    return ReviewImport.objects.visible_to(user).select_related("sent_by").defer("text")
