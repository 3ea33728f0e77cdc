"""Reads the Research Organization Registry (https://ror.org): as CSV, and as JSON in schema 2.

Only active education, non-profit and company records are for the directory. Governments' bodies never are,
whatever else they are called as well.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from core.errors import Unreadable
from core.text import clean_line, fold, has_letters
from stakeholders.entries.enums import Kind
from stakeholders.registers.outcomes import Outcome, Problem, Refused, RegisterRow, Skipped
from stakeholders.registers.records import open_fetched, open_file, records, table

NAME = "Research Organization Registry (ROR)"
COLUMNS = ("ror_id", "name", "acronyms", "labels", "types", "status", "website", "country_code", "city")
# The first that a record is called decides.
KINDS = {"education": Kind.ACADEMIA, "nonprofit": Kind.NGO, "company": Kind.PRIVATE}
NEVER = "government"
LENGTHS = {"name": 250, "name_latin": 250, "city": 120, "website": 300}
LONGEST_ACRONYM = 40

_ROR_ID = re.compile(r"(?:https://ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})\Z")
_ALPHA_2 = re.compile(r"[A-Z]{2}\Z")
_LABEL = re.compile(r"([a-z]{2,3})?:(.*)", re.DOTALL)
_http = URLValidator(schemes=("http", "https"))
_PLAIN_SITE = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?:/[!-~]*)?\Z", re.IGNORECASE | re.ASCII
)
LONGEST_PLAIN = 250

# Countries (ISO alpha-2) where a language in another script than Latin is at home: there it names first.
AT_HOME = {
    "am": {"ET"},
    "ar": {
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "IQ",
        "JO",
        "KM",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SY",
        "TN",
        "YE",
    },
    "be": {"BY"},
    "bg": {"BG"},
    "bn": {"BD"},
    "dv": {"MV"},
    "dz": {"BT"},
    "el": {"CY", "GR"},
    "fa": {"AF", "IR"},
    "he": {"IL"},
    "hi": {"IN"},
    "hy": {"AM"},
    "ja": {"JP"},
    "ka": {"GE"},
    "kk": {"KZ"},
    "km": {"KH"},
    "ko": {"KP", "KR"},
    "ky": {"KG"},
    "lo": {"LA"},
    "mk": {"MK"},
    "mn": {"MN"},
    "my": {"MM"},
    "ne": {"NP"},
    "ps": {"AF"},
    "ru": {"BY", "KG", "KZ", "RU"},
    "si": {"LK"},
    "sr": {"BA", "ME", "RS"},
    "tg": {"TJ"},
    "th": {"TH"},
    "ti": {"ER"},
    "uk": {"UA"},
    "ur": {"PK"},
    "zh": {"CN", "HK", "MO", "SG", "TW"},
}


@dataclass(slots=True)
class Record:
    """What both formats say about one organization, cleaned but not judged."""

    ror_id: str
    name: str
    status: str
    types: list[str]
    country_code: str
    city: str = ""
    website: str = ""
    acronyms: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    # (language, name) in the order of the file
    labels: list[tuple[str, str]] = field(default_factory=list)


def read(path: Path) -> Iterator[Outcome]:
    """Yield each record of a ROR file, in its order. Raises Unreadable where the file is not one."""
    read_ids: set[str] = set()
    with open_file(path) as (name, stream):
        suffix = Path(name).suffix.lower()
        if suffix == ".csv":
            for line, cells in table(stream, COLUMNS):
                yield _from_cells(line, cells, read_ids)
        elif suffix == ".json":
            for place, value in records(stream):
                yield _from_json(place, value, read_ids)
        else:
            raise Unreadable(f"{path.name}: ROR comes as .csv or .json, also with .gz or .zip.")


def judge_cells(row: int, cells: Mapping[str | None, Any], read_ids: set[str]) -> Outcome:
    """Judge one row of the CSV format; `read_ids` holds the identifiers of the rows before it."""
    return _from_cells(row, cells, read_ids)


def _from_cells(line: int, cells: Mapping[str | None, Any], read_ids: set[str]) -> Outcome:
    if None in cells or None in cells.values():
        return Refused(line, (Problem(line, "(all)", "The number of cells differs from the heading's."),))
    return _judge_record(line, _record_from_cells(cells), read_ids)


def _record_from_cells(cells: Mapping[str | None, Any]) -> Record:
    return Record(
        ror_id=clean_line(cells["ror_id"]),
        name=clean_line(cells["name"]),
        status=clean_line(cells["status"]),
        types=_parts(cells["types"]),
        country_code=clean_line(cells["country_code"]),
        city=clean_line(cells["city"]),
        website=clean_line(cells["website"]),
        acronyms=_parts(cells["acronyms"]),
        aliases=_parts(cells.get("aliases", "")),
        labels=[
            ((match[1] or ""), clean_line(match[2]))
            for part in (cells["labels"].split("|") if cells["labels"] else ())
            if (match := _LABEL.match(part))
        ],
    )


def write_cells(stream: IO[bytes], into: IO[bytes]) -> None:
    """The records of a fetched file that are for the directory, as the CSV that an import reads.

    Whether a record can be used is judged by the import. Raises Unreadable.
    """
    lines = io.TextIOWrapper(into, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(lines)
    writer.writerow((*COLUMNS, "aliases"))
    with open_fetched(stream) as content:
        for record in _records_for_directory(content):
            cells = {**asdict(record), "labels": [f"{code}:{name}" for code, name in record.labels]}
            writer.writerow(
                "|".join(part.replace("|", " ") for part in cell) if isinstance(cell, list) else cell
                for cell in (cells[column] for column in (*COLUMNS, "aliases"))
            )
    lines.detach()


def _records_for_directory(content: IO[bytes]) -> Iterator[Record]:
    buffered = io.BufferedReader(content)  # type: ignore[type-var]  # it only reads
    if buffered.peek(16).removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"["):
        for place, value in records(buffered):
            try:
                record = _record(value)
            except _Shape as wrong:
                problem = f"Record {place}, {wrong.where}: this is not as ROR's schema 2 says."
                raise Unreadable(problem) from wrong
            if not _why_not(record):
                yield record
        return
    for line, cells in table(buffered, COLUMNS):
        if None in cells or None in cells.values():
            raise Unreadable(f"Line {line}: the number of cells differs from the heading's.")
        if not _why_not(record := _record_from_cells(cells)):
            yield record


def _parts(cell: str) -> list[str]:
    return [part for part in map(clean_line, cell.split("|")) if part] if cell else []


def _from_json(place: int, value: Any, read_ids: set[str]) -> Outcome:
    try:
        record = _record(value)
    except _Shape as wrong:
        return Refused(place, (Problem(place, wrong.where, "This is not as ROR's schema 2 says."),))
    return _judge_record(place, record, read_ids)


class _Shape(Exception):
    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def _record(value: Any) -> Record:
    names = _list(value, "names")
    shown = [name for name in names if "ror_display" in _list(name, "types")]
    places = _list(value, "locations")
    place = _dict(places[0], "geonames_details") if places else {}
    links = [link for link in _list(value, "links", needed=False) if _text(link, "type") == "website"]
    return Record(
        ror_id=_text(value, "id"),
        name=_text(shown[0], "value") if shown else "",
        status=_text(value, "status"),
        types=[clean_line(str(type_name)) for type_name in _list(value, "types")],
        country_code=_text(place, "country_code"),
        city=_text(place, "name"),
        website=_text(links[0], "value") if links else "",
        acronyms=[_text(name, "value") for name in names if "acronym" in _list(name, "types")],
        aliases=[_text(name, "value") for name in names if "alias" in _list(name, "types")],
        labels=[
            (_text(name, "lang"), _text(name, "value")) for name in names if "label" in _list(name, "types")
        ],
    )


def _list(value: Any, key: str, *, needed: bool = True) -> list[Any]:
    members = value.get(key) if isinstance(value, dict) else None
    if members is None and not needed:
        return []
    if not isinstance(members, list):
        raise _Shape(key)
    return members


def _dict(value: Any, key: str) -> dict[str, Any]:
    mapping = value.get(key) if isinstance(value, dict) else None
    if not isinstance(mapping, dict):
        raise _Shape(key)
    return mapping


def _text(value: Any, key: str) -> str:
    text = value.get(key) if isinstance(value, dict) else 0
    if text is None:
        return ""
    if not isinstance(text, str):
        raise _Shape(key)
    return clean_line(text)


def _judge_record(row: int, record: Record, read_ids: set[str]) -> Outcome:
    problems: list[Problem] = []

    def refuse(column: str, rule: str, value: str = "") -> None:
        problems.append(Problem(row, column, rule, value))

    ror_id = _ROR_ID.match(record.ror_id)
    if ror_id is None:
        refuse("ror_id", "This is not a ROR identifier.", record.ror_id)
    elif ror_id[1] in read_ids:
        refuse("ror_id", "This identifier stands in the file twice.", ror_id[1])
    else:
        read_ids.add(ror_id[1])
    if not record.status:
        refuse("status", "The status is missing.")
    if not record.types:
        refuse("types", "The type is missing.")
    if not problems and (why := _why_not(record)):
        return Skipped(row, why)
    name, name_latin = _names(record)
    _check(record, name, name_latin, refuse)
    if problems or ror_id is None:
        return Refused(row, tuple(problems))
    acronym = next((short_name for short_name in record.acronyms if len(short_name) <= LONGEST_ACRONYM), "")
    return RegisterRow(
        row=row,
        ror_id=f"https://ror.org/{ror_id[1]}",
        kind=next(KINDS[type_name] for type_name in KINDS if type_name in record.types).value,
        name=name,
        name_latin=name_latin,
        acronym=acronym,
        other_names=tuple(_other_names(record, (name, name_latin, acronym))),
        country_code=record.country_code.upper(),
        city=record.city,
        website=record.website,
    )


def _why_not(record: Record) -> str:
    if not record.types:
        return "type: none"
    if record.status != "active":
        return f"status: {record.status}"
    if NEVER in record.types:
        return f"type: {NEVER}"
    if not KINDS.keys() & set(record.types):
        return f"type: {record.types[0]}"
    return ""


def _check(record: Record, name: str, name_latin: str, refuse: Callable[..., None]) -> None:
    if not name:
        refuse("name", "The name is missing.")
    elif not has_letters(name):
        refuse("name", "A name needs letters or digits.", name)
    if not _ALPHA_2.match(record.country_code.upper()):
        refuse("country_code", "An ISO alpha-2 code has two letters.", record.country_code)
    values = {"name": name, "name_latin": name_latin, "city": record.city, "website": record.website}
    for column, value in values.items():
        if len(value) > LENGTHS[column]:
            refuse(column, f"At most {LENGTHS[column]} characters fit.", value)
    if record.website and not is_plain_site(record.website):
        try:
            _http(record.website)
        except ValidationError:
            refuse("website", "This is not an address that begins with http:// or https://.", record.website)


def is_plain_site(address: str) -> bool:
    """Whether the validator accepts it for certain, as most: to ask it would take a tenth of the reading."""
    return len(address) <= LONGEST_PLAIN and _PLAIN_SITE.match(address) is not None


def _names(record: Record) -> tuple[str, str]:
    """Return (name, name in Latin letters), in its own script where the language is one of the country."""
    shown = record.name
    if shown and not is_latin(shown):
        return shown, next((name for _language, name in record.labels if name and is_latin(name)), "")
    country = record.country_code.upper()
    for language, name in record.labels:
        if name and country in AT_HOME.get(language, ()) and not is_latin(name):
            return name, shown
    return shown, ""


def _other_names(record: Record, beside: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (name, language) of the further names of a record, without those `beside`, each once."""
    known_names = {fold(name) for name in beside}
    unspoken = (record.name, *record.acronyms, *record.aliases)
    for language, name in (*record.labels, *(("", further_name) for further_name in unspoken)):
        if has_letters(name) and len(name) <= LENGTHS["name"] and fold(name) not in known_names:
            known_names.add(fold(name))
            yield name, language


def is_latin(text: str) -> bool:
    """Return whether most letters are Latin ones; text without letters counts as such."""
    if text.isascii():
        return True
    letters = [character for character in text if character.isalpha()]
    return sum(map(_is_latin_letter, letters)) * 2 >= len(letters)


@cache
def _is_latin_letter(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN")
