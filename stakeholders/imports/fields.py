"""The fields of an entry that a file may fill: what their columns are called, and what each may hold."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.forms import can_be_written_to
from core.spreadsheet_cells import codes_by_word, harmless, unescaped_cell
from core.text import clean_line, fold, has_letters
from stakeholders.entries.enums import Kind, Listing
from stakeholders.imports.enums import ImportPurpose, Rule
from stakeholders.imports.synonyms import HEADINGS, KINDS, LANGUAGES, NAME_WORDS, TOLD_BY_A_WORD

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
# Signs without width, which come along from web pages.
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_http = URLValidator(schemes=("http", "https"))


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the template: its code and heading there, in words, what it means, an example."""

    code: str
    label: str | Promise
    meaning: str | Promise
    example: str


FIELDS = (
    Field(
        "id",
        _("number of the profile"),
        _("Only for existing profiles: the number in our own export. Empty for new ones."),
        "",
    ),
    Field(
        "name",
        _("name"),
        _("Name in its own language and script. Required for a new profile."),
        "Coastal Watch",
    ),
    Field("name_latin", _("name in Latin script"), _("Where the name has another script."), ""),
    Field("acronym", _("acronym"), _("At most 40 characters."), "CW"),
    Field(
        "kind",
        _("kind"),
        _("ngo, academia, private or expert, or the words for them in English. Required for a new profile."),
        "ngo",
    ),
    Field(
        "country",
        _("country or area"),
        _(
            "Code of ISO 3166 (three or two letters) or the name in one of the six languages. "
            "Required for a new profile."
        ),
        "KEN",
    ),
    Field("city", _("city"), _("City."), "Mombasa"),
    Field(
        "website",
        _("website"),
        _("Address that begins with http:// or https://."),
        "https://coastalwatch.example",
    ),
    Field(
        "topics",
        _("topics"),
        _("Codes or English names of topics, joined with a semicolon."),
        "firearms;trafficking-in-persons",
    ),
    Field(
        "listing",
        _("who may find it"),
        _("public, members_states, members, country or unlisted. Empty: a new profile is public."),
        "public",
    ),
    Field(
        "ror_id",
        _("ROR identifier"),
        _("Identifier in the Research Organization Registry."),
        "https://ror.org/05gq02987",
    ),
    Field(
        "source_name",
        _("source"),
        _("Where the row comes from, if not from the source of the whole file."),
        "",
    ),
    Field("source_url", _("address at the source"), _("Address of the profile at its source."), ""),
)
CODES = tuple(field.code for field in FIELDS)
NEEDED = ("name", "kind", "country")
# What an import may write; "id" only finds.
WRITTEN = tuple(code for code in CODES if code != "id")

_OF_MEMBERS = {"name", "name_latin", "acronym", "kind", "country", "city", "website", "ror_id"}
MEMBER_FIELDS = (
    Field(
        "email",
        _("e-mail address"),
        _("The invitation is sent to this address. Required."),
        "amina@coastalwatch.example",
    ),
    *(field for field in FIELDS if field.code in _OF_MEMBERS),
    Field(
        "language",
        _("language of the e-mail"),
        _("One of the six languages of the United Nations, by its code or its name."),
        "fr",
    ),
)
FIELDS_OF = {ImportPurpose.DIRECTORY: FIELDS, ImportPurpose.MEMBERS: MEMBER_FIELDS}


def plain_heading(head: str) -> str:
    """Return the words of a heading in one form: "E-mail  Address:" → "e_mail_address"."""
    return re.sub(r"[\W_]+", "_", fold(head)).strip("_")


@cache
def _headings_by_code() -> dict[str, frozenset[str]]:
    return {code: frozenset(map(plain_heading, headings)) for code, headings in HEADINGS.items()}


@cache
def _telling_words(code: str) -> tuple[str, ...]:
    words = NAME_WORDS if code == "name" else (code, *HEADINGS[code])
    return tuple(f"_{plain_heading(word)}_" for word in words)


def _has_telling_word(head: str, code: str) -> bool:
    padded = f"_{plain_heading(head)}_"
    return code in TOLD_BY_A_WORD and any(word in padded for word in _telling_words(code))


# From the surest to the boldest; each is tried on all columns before the next.
_GUESSES: tuple[Callable[[str, str], bool], ...] = (
    lambda head, code: plain_heading(head) == code,
    lambda head, code: plain_heading(head) in _headings_by_code().get(code, ()),
    lambda head, code: any(
        plain_heading(part) in {code, *_headings_by_code().get(code, ())}
        for part in re.split(r"[/|(),:;\n–—]", head)
    ),
    _has_telling_word,
)


def guess_fields(
    heads: Sequence[str],
    remembered: Mapping[str, str],
    fields: Sequence[Field] = FIELDS,
    *,
    boldly: bool = True,
) -> dict[str, str]:
    """Return place of the column, as text → field: as remembered of the source, else by its heading."""
    columns: dict[str, str] = {}
    codes = [field.code for field in fields]
    # The numbers of other people's lists are not ours: only our own files are believed.
    if "name_latin" not in heads and "id" in codes:
        codes.remove("id")
    for place, head in enumerate(heads):
        code = remembered.get(head, "")
        if code in codes and code not in columns.values():
            columns[str(place)] = code
    codes.sort(key=lambda code: TOLD_BY_A_WORD.index(code) if code in TOLD_BY_A_WORD else 0)
    for fits in _GUESSES if boldly else _GUESSES[:-1]:
        for place, head in enumerate(heads):
            if str(place) in columns or head in remembered:
                continue
            for code in codes:
                if code not in columns.values() and fits(head, code):
                    columns[str(place)] = code
                    break
    return columns


def heading_score(fields: Sequence[Field]) -> Callable[[Sequence[str]], int]:
    """Return a function that counts the cells of a row that are known headings."""
    return lambda cells: len(guess_fields(cells, {}, fields, boldly=False))


def template() -> list[list[str]]:
    """Return the heading, and one row as an example."""
    return [[field.code for field in FIELDS], [harmless(field.example) for field in FIELDS]]


@dataclass(frozen=True)
class Words:
    """What codes and names stand for: both folded, as people write them."""

    countries: Mapping[str, str]
    left_out: frozenset[str]
    topics: Mapping[str, str]
    languages: frozenset[str] = frozenset()

    def country(self, cell: str) -> str | None:
        return self.countries.get(cell.upper()) or self.countries.get(fold(cell))


def invert_words(words_by_code: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return word, folded → code."""
    return {fold(word): code for code, words in words_by_code.items() for word in words}


@cache
def _codes(choices: Any) -> dict[str, str]:
    """Return code or label in any of the six languages, folded → code; of kinds also other words for them."""
    return (invert_words(KINDS) if choices is Kind else {}) | codes_by_word(choices.choices)


@cache
def _languages() -> dict[str, str]:
    """Return code or name, in any of the six, of a language in which mail is written, folded → code."""
    return invert_words(LANGUAGES) | codes_by_word(settings.LANGUAGES)


def addresses_in(cell: str) -> list[str]:
    """Return the addresses of a cell in lower case: "Amina <Amina＠x.org>; mailto:b@y.org." holds two."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", cell)).casefold()
    plain = re.sub(r"\s*@\s*", "@", plain.replace("mailto:", " "))
    addresses = []
    for piece in re.split(r"[\s<>()\[\]\"',;:|/]+", plain):
        address = piece.strip(".")
        try:
            validate_email(address)
            can_be_written_to(address)
        except ValidationError:
            continue
        addresses.append(address)
    return list(dict.fromkeys(addresses))


def judge_cell(
    cells: Mapping[str, str], heads: Mapping[str, str], words: Words
) -> tuple[dict[str, Any], list[list[str]]]:
    """Return (values by field, problems) of one row; empty cells are in neither."""
    values: dict[str, Any] = {}
    problems: list[list[str]] = []
    for code, raw in cells.items():
        cell = clean_line(unescaped_cell(raw))
        if not cell:
            continue
        cell_value, rule = _read(code, cell, words)
        if rule:
            problems.append([heads[code], rule, cell[:200]])
        else:
            values[code] = cell_value
    return values, problems


def _read(code: str, cell: str, words: Words) -> tuple[Any, str]:
    """Return (value, "") or ("", the rule that is broken)."""
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
    """Return a ROR identifier as an address of ror.org, or None where it is none."""
    match = _ROR.match(cell)
    return f"https://ror.org/{match[1].lower()}" if match else None


def _topics(cell: str, words: Words) -> list[str] | None:
    codes = {words.topics.get(fold(part)) for part in cell.split(";") if part.strip()}
    return None if None in codes else sorted(filter(None, codes))


def _language(cell: str, _words: Words) -> str | None:
    """Return the code of the first language in the cell in which mail is written."""
    parts = [cell, *re.split(r"[,;/|&+،、]| and | et | y | и ", cell)]
    return next(filter(None, (_languages().get(fold(part)) for part in parts)), None)


# field → (how it is read: None where it cannot be, the rule that is broken then)
_CODED: dict[str, tuple[Callable[[str, Words], Any], Rule]] = {
    "id": (_number, Rule.BAD_NUMBER),
    "kind": (lambda cell, _words: _codes(Kind).get(fold(cell)), Rule.UNKNOWN_KIND),
    "listing": (lambda cell, _words: _codes(Listing).get(fold(cell)), Rule.UNKNOWN_LISTING),
    "topics": (_topics, Rule.UNKNOWN_TOPIC),
    "email": (lambda cell, _words: next(iter(addresses_in(cell)), None), Rule.BAD_EMAIL),
    "language": (_language, Rule.OTHER_LANGUAGE),
    "ror_id": (lambda cell, _words: ror_id_of(cell), Rule.BAD_ROR),
}
