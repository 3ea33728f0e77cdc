"""Published lists as files: read strictly, compared with what stands, checked against the rules of the draw.

Nothing is saved here. A file has the columns of its kind (`codes.COLUMNS`) as its heading.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import IO, Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.errors import DomainError, Unreadable
from core.spreadsheet_reader import look_at, rows
from core.text import clean_block, clean_line
from reviews.imports.codes import COLUMNS, OPTIONAL, Codes, codes_of
from reviews.imports.depositary import is_markup, treaty_as_csv
from reviews.imports.models import ReviewImport
from reviews.imports.reading_documents import read_documents
from reviews.imports.reading_observations import read_observations
from reviews.imports.reports import (
    Contradiction,
    ListChange,
    NumberedRow,
    Problem,
    Report,
    compare,
    known_rows,
)
from reviews.mechanism.enums import ImportKind
from reviews.mechanism.models import DrawConstraint
from reviews.tracker.models import CountryReview, ReviewingState
from taxonomy.law.enums import TreatyAction
from taxonomy.law.models import Participation
from taxonomy.places.models import Country

MOST_BYTES = 1_000_000
MOST_OF_XML = 10_000_000
MOST_ROWS = 5_000
MOST_OF_A_KIND = {ImportKind.DOCUMENTS: 500, ImportKind.OBSERVATIONS: 500}  # saved one by one
TEXTS = ("text", "note")
FLAGS = {"y": True, "n": False, "": None}


def text_of(file: IO[bytes]) -> str:
    """Return what a file says, CSV or workbook, as CSV whose lines are numbered as its rows.

    The depositary's XML becomes such a list. Raises DomainError.
    """
    content = file.read(MOST_OF_XML + 1)
    if is_markup(content):
        if len(content) > MOST_OF_XML:
            raise DomainError(_("The file is larger than 10 MB."))
        return treaty_as_csv(content)
    if len(content) > MOST_BYTES:
        raise DomainError(_("The file is larger than 1 MB."))
    stream = io.BytesIO(content)
    try:
        sheet = look_at(stream)
        numbered_rows = list(rows(stream, sheet))
    except Unreadable as problem:
        raise DomainError(str(problem)) from problem
    if sheet.encoding == "cp1252":
        raise DomainError(_("The file is not UTF-8 text."))
    if numbered_rows and numbered_rows[-1][0] > MOST_ROWS + 1:
        raise DomainError(_too_long(MOST_ROWS))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(sheet.heads)
    line = 1
    for row, cells in numbered_rows:
        writer.writerows([[""]] * (row - line - 1))
        writer.writerow([*cells, *[""] * (len(sheet.heads) - len(cells))])
        line = row
    return text.getvalue()


def look(kind: str, text: str) -> Report:
    """Return what a file would change."""
    report = Report()
    _READ[ImportKind(kind)](_rows(kind, text, report), codes_of(kind), report)
    return report


def _rows(kind: str, text: str, report: Report) -> list[NumberedRow]:
    columns = COLUMNS[ImportKind(kind)]
    optional = OPTIONAL.get(ImportKind(kind), ())
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[NumberedRow] = []
    line = 1
    try:
        head = tuple(cell.strip().lower() for cell in next(reader, []))
        if head not in (columns, columns + optional):
            wanted = ",".join(columns)
            report.problems.append(Problem(0, _("The first line must be %(columns)s.") % {"columns": wanted}))
            return []
        for line, cells in enumerate(reader, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                report.problems.append(Problem(line, _("The number of cells is not right.")))
                continue
            row = {name: _clean(name, cell) for name, cell in zip(head, cells, strict=True)}
            if row.get("unread"):
                report.unread.append(row["unread"])
            else:
                rows.append((line, row))
    except csv.Error:
        report.problems.append(Problem(line + 1, _("This line cannot be read as CSV.")))
    if not rows and not report.problems:
        report.problems.append(Problem(0, _("The file has no lines.")))
    most = MOST_OF_A_KIND.get(ImportKind(kind), MOST_ROWS)
    if len(rows) > most:
        report.problems.append(Problem(0, _too_long(most)))
        return []
    return rows


def _clean(name: str, cell: str) -> str:
    return clean_block(cell) if name in TEXTS else clean_line(cell)


def _too_long(most: int) -> str:
    return _("The file has more than %(most)s lines.") % {"most": most}


def _groups(rows: list[NumberedRow], codes: Codes, report: Report) -> None:
    names, groups = codes["iso3"], codes["group"]
    stands = dict(CountryReview.objects.values_list("country_id", "group_id"))
    for _line, row in known_rows(rows, codes, ("iso3",), report):
        before, after = stands[row["iso3"]] or "", row["group"]
        compare(
            report,
            (row["iso3"],),
            names[row["iso3"]],
            before=groups.get(before, ""),
            after=groups[after],
            value=after,
        )


# --- Reviewing States ---------------------------------------------------------------------------------
def _pairings(rows: list[NumberedRow], codes: Codes, report: Report) -> None:
    names, instruments = codes["iso3"], codes["instrument"]
    countries = {country.pk: country for country in Country.objects.all()}
    good = known_rows(rows, codes, ("iso3", "instrument", "reviewer"), report)
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
        compare(report, key, label, before=reviewer if key in stands else "", after=reviewer, value=key)
    touched = {(key[0], key[1]) for key in named}
    left = {key for key in stands - named if (key[0], key[1]) in touched}
    report.gone = [
        ListChange(
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
    """Return where (country, instrument, reviewer) break the rules in use, for the countries `checked`.

    What is not known (who is a party, a regional group) contradicts nothing.
    """
    rules = {rule.pk: rule for rule in DrawConstraint.objects.filter(in_use=True)}
    parties = {
        (country, instrument): flag
        for country, instrument, flag in Participation.objects.exclude(country=None).values_list(
            "country_id", "instrument_id", "is_party"
        )
    }
    breaches = [
        *_mutual(pairs, countries),
        *_not_party(pairs, parties, countries),
        *_number(pairs, rules, countries),
        *_most(pairs, rules, countries),
        *_regional(pairs, countries),
    ]
    return [
        Contradiction(str(rules[rule]), text)
        for rule, iso3s, text in breaches
        if rule in rules and not checked.isdisjoint(iso3s)
    ]


Breach = tuple[str, set[str], str]
Pairs = set[tuple[str, str, str]]


def _mutual(pairs: Pairs, countries: Mapping[str, Country]) -> list[Breach]:
    reviews = {(reviewed, reviewer) for reviewed, _instrument, reviewer in pairs}
    return [
        (
            "NO_MUTUAL",
            {state, other},
            _("%(one)s and %(other)s review each other.")
            % {"one": countries[state].name, "other": countries[other].name},
        )
        for state, other in sorted(reviews)
        if state < other and (other, state) in reviews
    ]


def _not_party(
    pairs: Pairs, parties: Mapping[tuple[str, str], bool | None], countries: Mapping[str, Country]
) -> list[Breach]:
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
    reviewers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for reviewed, code, reviewer in pairs:
        reviewers[reviewed, code].add(reviewer)
    return reviewers


def _number(
    pairs: Pairs, rules: Mapping[str, DrawConstraint], countries: Mapping[str, Country]
) -> list[Breach]:
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


def _most(
    pairs: Pairs, rules: Mapping[str, DrawConstraint], countries: Mapping[str, Country]
) -> list[Breach]:
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


def _regional(pairs: Pairs, countries: Mapping[str, Country]) -> list[Breach]:
    breaches = []
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
            breaches.append(("REGIONAL", {reviewed}, text % words))
    return breaches


# --- Parties ------------------------------------------------------------------------------------------
def _participations(rows: list[NumberedRow], codes: Codes, report: Report) -> None:
    countries, instruments = codes["iso3"], codes["instrument"]
    lists = {"iso3": countries, "instrument": instruments}
    good = known_rows(rows, lists, ("iso3", "instrument"), report)
    before = {
        (row.country_id or "", row.instrument_id): row for row in Participation.objects.exclude(country=None)
    }
    for line, cells in good:
        party = _party(line, cells, report)
        if party is None:
            continue
        key = (cells["iso3"], cells["instrument"])
        old = before.get(key)
        # A file without this column says nothing of it.
        if old and "signed_on" not in cells:
            party = party._replace(signed_on=old.signed_on)
        label = f"{countries[key[0]]}, {instruments[key[1]]}"
        was = party_words(old.is_party, old.action, old.date, old.signed_on) if old else ""
        now_is = party_words(party.is_party, party.action, party.day, party.signed_on)
        compare(report, key, label, before=was, after=now_is, value=party)


class Party(NamedTuple):
    """What a line says of one State and one instrument; its note replaces that of an earlier source."""

    is_party: bool | None
    action: str
    day: date | None
    signed_on: date | None
    note: str


def _party(line: int, row: Mapping[str, str], report: Report) -> Party | None:
    flag, action = row["is_party"].lower(), row["action"].lower()
    if flag not in FLAGS:
        report.problems.append(Problem(line, _("“is_party” must be y, n or empty.")))
        return None
    if action and action not in TreatyAction.values:
        report.problems.append(Problem(line, _("“%(code)s” is not a known act.") % {"code": action}))
        return None
    days: list[date | None] = []
    for text in (row["date"], row.get("signed_on", "")):
        try:
            days.append(date.fromisoformat(text) if text else None)
        except ValueError:
            report.problems.append(Problem(line, _("“%(text)s” is not a day.") % {"text": text}))
            return None
    if days[0] and FLAGS[flag] is not True:
        report.problems.append(Problem(line, _("States that have deposited an instrument are parties.")))
        return None
    return Party(FLAGS[flag], action, days[0], days[1], row.get("note", ""))


def party_words(is_party: bool | None, action: str, day: date | None, signed_on: date | None = None) -> str:
    """For the comparison: "party, ratification, 2004-03-04"; never "" for a row that stands."""
    # Translators: Whether a State is bound by a treaty (État partie).
    word = {True: _("party"), False: _("not a party"), None: _("not known")}[is_party]
    signed = _("signed %(day)s") % {"day": signed_on.isoformat()} if signed_on else ""
    return ", ".join(part for part in (word, action, day.isoformat() if day else "", signed) if part)


_READ = {
    ImportKind.GROUPS: _groups,
    ImportKind.PAIRINGS: _pairings,
    ImportKind.PARTICIPATIONS: _participations,
    ImportKind.DOCUMENTS: read_documents,
    ImportKind.OBSERVATIONS: read_observations,
}


def imports_at_desk(user: Any) -> QuerySet[ReviewImport]:
    return ReviewImport.objects.visible_to(user).select_related("sent_by").defer("text")
