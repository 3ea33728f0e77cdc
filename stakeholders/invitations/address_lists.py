"""Reads a list of members or of people to invite: a CSV or XLSX table with one line for each.

Knows the file and its rules; what stands in the portal already is not its business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from core.forms import can_be_written_to
from core.text import clean_line, fold, has_letters
from stakeholders.entries.enums import Kind
from stakeholders.imports.sheets import look_at, rows
from stakeholders.registers.outcomes import Problem, Unreadable

NEEDED = ("email", "name", "kind", "country")
FURTHER = ("language", "name_latin", "acronym", "city", "website")
COLUMNS = (*NEEDED, *FURTHER)
LENGTHS = {"email": 254, "name": 250, "name_latin": 250, "acronym": 40, "city": 120, "website": 300}
MOST_ROWS = 5_000
_FORMULA = ("=", "+", "-", "@")
_http = URLValidator(schemes=("http", "https"))


@dataclass(frozen=True, slots=True)
class Listed:
    """One line that can be used. `country` is an ISO alpha-3 code, `email` in lower case."""

    row: int
    email: str
    name: str
    kind: str
    country: str
    language: str = "en"
    name_latin: str = ""
    acronym: str = ""
    city: str = ""
    website: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By what two lines are the same."""
        return self.email, fold(self.name)

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Read:
    rows: list[Listed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # Headings that mean nothing here; their cells are left out.
    unknown: list[str] = field(default_factory=list)


def read(stream: BinaryIO, countries: Mapping[str, str]) -> Read:
    """Every line, checked. `countries` maps what may stand for a country, folded, to its ISO alpha-3 code.

    Raises Unreadable where the file as a whole is not such a table.
    """
    sheet = look_at(stream)
    found = Read()
    columns = _columns(sheet.heads, found)
    seen: dict[tuple[str, str], int] = {}
    for number, cells in rows(stream, sheet):
        said = {name: _cell(cells[place]) if place < len(cells) else "" for name, place in columns.items()}
        if not any(said.values()):
            continue
        if len(found.rows) + len(found.problems) >= MOST_ROWS:
            raise Unreadable(_("At most %(most)s rows fit in one list.") % {"most": MOST_ROWS})
        _take(number, said, countries, seen, found)
    if not found.rows and not found.problems:
        raise Unreadable(_("There is no row below the heading."))
    return found


def _cell(text: str) -> str:
    """One line; without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    text = clean_line(text)
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text


def _columns(heads: Sequence[str], found: Read) -> dict[str, int]:
    named = {head.casefold().replace(" ", "_").replace("-", "_"): place for place, head in enumerate(heads)}
    columns = {name: place for name, place in named.items() if name in COLUMNS}
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise Unreadable(_("The heading lacks: %(columns)s.") % {"columns": ", ".join(missing)})
    found.unknown = [head for head in heads if head and head.casefold().replace(" ", "_") not in COLUMNS]
    return columns


def _take(
    number: int,
    said: dict[str, str],
    countries: Mapping[str, str],
    seen: dict[tuple[str, str], int],
    found: Read,
) -> None:
    problems: list[Problem] = []

    def refuse(column: str, rule: str) -> None:
        problems.append(Problem(number, column, rule, said.get(column, "")))

    for column in NEEDED:
        if not said[column]:
            refuse(column, _("This must be given."))
    for column, most in LENGTHS.items():
        if len(said.get(column, "")) > most:
            refuse(column, _("At most %(most)s characters fit.") % {"most": most})
    kind, country, language = _codes(said, countries, refuse)
    _check_addresses(said, refuse)
    if said["name"] and not has_letters(said["name"]):
        refuse("name", _("A name needs letters or digits."))
    if problems:
        found.problems += problems
        return
    further = {name: said.get(name, "") for name in ("name_latin", "acronym", "city", "website")}
    row = Listed(number, said["email"].lower(), said["name"], kind, country, language, **further)
    if row.key in seen:
        found.problems.append(
            Problem(number, "email", _("The same as row %(row)s.") % {"row": seen[row.key]}, row.email)
        )
        return
    seen[row.key] = number
    found.rows.append(row)


def _codes(said: dict[str, str], countries: Mapping[str, str], refuse: Any) -> tuple[str, str, str]:
    kind = said["kind"].casefold()
    if kind and kind not in Kind.APPLYING:
        refuse("kind", _("One of: %(codes)s.") % {"codes": ", ".join(Kind.APPLYING)})
    country = countries.get(fold(said["country"]), "")
    if said["country"] and not country:
        refuse("country", _("Neither an ISO code nor the name of a country or area in English."))
    language = (said.get("language") or "en").casefold()
    codes = [code for code, _name in settings.LANGUAGES]
    if language not in codes:
        refuse("language", _("One of: %(codes)s.") % {"codes": ", ".join(codes)})
    return kind, country, language


def _check_addresses(said: dict[str, str], refuse: Any) -> None:
    if said["email"]:
        try:
            validate_email(said["email"])
            can_be_written_to(said["email"])
        except ValidationError:
            refuse("email", _("This is not an e-mail address."))
    if said.get("website"):
        try:
            _http(said["website"])
        except ValidationError:
            refuse("website", _("This is not an address that begins with http:// or https://."))
