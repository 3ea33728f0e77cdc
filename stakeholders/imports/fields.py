"""The fields of an entry that a file may fill: what their columns are called, and what each may hold."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.spreadsheet_cells import harmless, unescaped_cell
from core.text import clean_line, fold, has_letters
from stakeholders.entries.enums import Kind, Listing
from stakeholders.imports.enums import Rule

LENGTHS = {
    "name": 250,
    "name_latin": 250,
    "acronym": 40,
    "city": 120,
    "website": 300,
    "source_name": 200,
    "source_url": 500,
}
LONGEST_NUMBER = 19  # digits; beyond that no entry is numbered
NAMES = ("name", "name_latin")
ADDRESSES = ("website", "source_url")
_AREA = re.compile(r"[A-Za-z]{2,3}\Z")  # as ISO 3166 writes a code
_ROR = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?\Z", re.IGNORECASE)
_http = URLValidator(schemes=("http", "https"))


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the template: its code and heading there, in words, what it means, an example."""

    code: str
    label: str | Promise
    meaning: str | Promise
    example: str
    called: tuple[str, ...] = ()


FIELDS = (
    Field(
        "id",
        _("number of the profile"),
        _("Only for existing profiles: the number in our own export. Empty for new ones."),
        "",
        ("number",),
    ),
    Field(
        "name",
        _("name"),
        _("Name in its own language and script. Required for a new profile."),
        "Coastal Watch",
        (
            "organization",
            "organisation",
            "organization_name",
            "organisation_name",
            "ngo_name",
            "ngo",
            "recipient",
            "title",
            "legal_name",
            "entity",
            "institution",
        ),
    ),
    Field(
        "name_latin",
        _("name in Latin script"),
        _("Where the name has another script."),
        "",
        ("name_en", "english_name", "latin_name", "transliteration"),
    ),
    Field(
        "acronym", _("acronym"), _("At most 40 characters."), "CW", ("acronyms", "abbreviation", "short_name")
    ),
    Field(
        "kind",
        _("kind"),
        _("ngo, academia, private or expert, or the words for them in English. Required for a new profile."),
        "ngo",
        ("type", "types", "kind_label", "category", "recipient_type", "organization_type"),
    ),
    Field(
        "country",
        _("country or area"),
        _("Code of ISO 3166 (three or two letters) or the name in English. Required for a new profile."),
        "KEN",
        ("country_iso3", "iso3", "country_code", "country_name", "iso2", "nation"),
    ),
    Field("city", _("city"), _("City."), "Mombasa", ("town", "place", "location")),
    Field(
        "website",
        _("website"),
        _("Address that begins with http:// or https://."),
        "https://coastalwatch.example",
        ("url", "web", "homepage", "web_site", "internet"),
    ),
    Field(
        "topics",
        _("topics"),
        _("Codes or English names of topics, joined with a semicolon."),
        "firearms;trafficking-in-persons",
        ("themes", "topic", "areas_of_work"),
    ),
    Field(
        "listing",
        _("who may find it"),
        _("public, members_states, members, country or unlisted. Empty: a new profile is public."),
        "public",
        ("listing_label", "visibility"),
    ),
    Field(
        "ror_id",
        _("ROR identifier"),
        _("Identifier in the Research Organization Registry."),
        "https://ror.org/05gq02987",
        ("ror",),
    ),
    Field(
        "source_name",
        _("source"),
        _("Where the row comes from, if not from the source of the whole file."),
        "",
        (),
    ),
    Field(
        "source_url",
        _("address at the source"),
        _("Address of the profile at its source."),
        "",
        ("source_link", "record_url"),
    ),
)
CODES = tuple(one.code for one in FIELDS)
NEEDED = ("name", "kind", "country")
# What an import may write; "id" only finds.
WRITTEN = tuple(code for code in CODES if code != "id")


def guess_fields(heads: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Place of the column, as text → field: as remembered of the source, else by its heading."""
    columns: dict[str, str] = {}
    taken: set[str] = set()
    # The numbers of other people's lists are not ours: only our own files are believed.
    if "name_latin" not in heads:
        taken.add("id")
    for place, head in enumerate(heads):
        code = remembered.get(head)
        if code in CODES and code not in columns.values():
            columns[str(place)] = code
            taken.add(code)
    # The field's own name counts more than what it is called elsewhere, wherever the two stand.
    for exactly in (True, False):
        for place, head in enumerate(heads):
            if str(place) in columns or head in remembered:
                continue
            plain = re.sub(r"[^a-z0-9]+", "_", fold(head)).strip("_")
            for one in FIELDS:
                fits = plain == one.code if exactly else plain in one.called
                if fits and one.code not in taken:
                    columns[str(place)] = one.code
                    taken.add(one.code)
                    break
    return columns


def template() -> list[list[str]]:
    """The heading, and one row as an example."""
    return [[one.code for one in FIELDS], [harmless(one.example) for one in FIELDS]]


@dataclass(frozen=True)
class Words:
    """What codes and English names stand for: both folded, as people write them."""

    countries: Mapping[str, str]
    left_out: frozenset[str]
    topics: Mapping[str, str]

    def country(self, said: str) -> str | None:
        return self.countries.get(said.upper()) or self.countries.get(fold(said))


@cache
def _codes(choices: Any) -> dict[str, str]:
    """Code or English label, folded → code."""
    with override("en"):
        return {fold(str(word)): code for code, label in choices.choices for word in (code, label)}


def judge_cell(
    said: Mapping[str, str], heads: Mapping[str, str], words: Words
) -> tuple[dict[str, Any], list[list[str]]]:
    """(values by field, problems) of one row; empty cells are in neither."""
    values: dict[str, Any] = {}
    problems: list[list[str]] = []
    for code, raw in said.items():
        cell = clean_line(unescaped_cell(raw))
        if not cell:
            continue
        found, rule = _read(code, cell, words)
        if rule:
            problems.append([heads[code], rule, cell[:200]])
        else:
            values[code] = found
    return values, problems


def _read(code: str, cell: str, words: Words) -> tuple[Any, str]:
    """(value, "") or ("", the rule that is broken)."""
    if code in _CODED:
        read, rule = _CODED[code]
        value = read(cell, words)
        return (value, "") if value is not None else ("", rule)
    if code == "country":
        return _country(cell, words)
    if code in NAMES and not has_letters(cell):
        return "", Rule.NO_LETTERS
    if len(cell) > LENGTHS[code]:
        return "", Rule.TOO_LONG
    return ("", Rule.BAD_ADDRESS) if code in ADDRESSES and not _is_address(cell) else (cell, "")


def _country(cell: str, words: Words) -> tuple[str, str]:
    if cell.upper() in words.left_out:
        return "", Rule.LEFT_OUT
    if country := words.country(cell):
        return country, ""
    return "", Rule.UNPLACED if _AREA.match(cell) else Rule.UNKNOWN_COUNTRY


def _is_address(cell: str) -> bool:
    try:
        _http(cell)
    except ValidationError:
        return False
    return True


def _number(cell: str, _words: Words) -> int | None:
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < LONGEST_NUMBER else None


def ror_id_of(cell: str) -> str | None:
    """A ROR identifier in its one form, or None where it is none."""
    found = _ROR.match(cell)
    return f"https://ror.org/{found[1].lower()}" if found else None


def _topics(cell: str, words: Words) -> list[str] | None:
    codes = {words.topics.get(fold(part)) for part in cell.split(";") if part.strip()}
    return None if None in codes else sorted(filter(None, codes))


# field → (how it is read: None where it cannot be, the rule that is broken then)
_CODED: dict[str, tuple[Callable[[str, Words], Any], Rule]] = {
    "id": (_number, Rule.BAD_NUMBER),
    "kind": (lambda cell, _words: _codes(Kind).get(fold(cell)), Rule.UNKNOWN_KIND),
    "listing": (lambda cell, _words: _codes(Listing).get(fold(cell)), Rule.UNKNOWN_LISTING),
    "topics": (_topics, Rule.UNKNOWN_TOPIC),
    "ror_id": (lambda cell, _words: ror_id_of(cell), Rule.BAD_ROR),
}
