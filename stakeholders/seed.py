"""What the desk begins with and edits from there."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from core.errors import Unreadable
from core.spreadsheet_cells import SEPARATOR
from core.text import clean_line
from stakeholders.entries.enums import Kind
from stakeholders.entries.forms import web_address
from stakeholders.registers.actions_candidates import (
    COLUMNS,
    PACK,
    codes_of_lists,
    entry_from,
    take_candidates,
    take_ecosoc_names,
)
from stakeholders.registers.enums import CountryBasis
from stakeholders.registers.models import LONGEST_NAME, Candidate, EcosocName, FurtherSource, ecosoc_key
from stakeholders.registers.records import open_file, table
from stakeholders.vetting.models import FIRST_QUESTIONS, ChecklistQuestion
from taxonomy.seed import BadRow

SOURCES, ECOSOC = "organization_sources.csv", "ecosoc.csv.gz"
_OF_SOURCE = ("source_name", "source", "source_date")
_ORGANIZATION = (
    "code",
    "name",
    "name_latin",
    "acronym",
    "kind",
    "country",
    "city",
    "website",
    "website_basis",
    "ror_id",
    "topics",
    "why",
    *_OF_SOURCE,
    "confidence",
    "country_basis",
    "note",
    "unsure",
    "description",
    "description_source",
    "description_date",
    "languages",
    "works_in",
    "founded",
    "other_names",
    "decide",
)


def load_checklist_questions() -> int:
    """Add the first questions of the checklist where there are none at all; answers how many were added."""
    if ChecklistQuestion.objects.exists():
        return 0
    return len(
        ChecklistQuestion.objects.bulk_create(
            ChecklistQuestion(code=code, text=text, blocking_answer=answer, order=place * 10)
            for place, (code, text, answer) in enumerate(FIRST_QUESTIONS, start=1)
        )
    )


def load_directory(folder: Path) -> dict[str, Any]:
    """Load organizations that public sources name, and the names on the ECOSOC list. Raises BadRow."""
    further = _further_sources(folder / SOURCES)
    candidates = _candidates(folder / PACK, further)
    if unknown := set(further) - {candidate.code for candidate in candidates}:
        raise BadRow(SOURCES, 1, "code", f"no organization has the code {min(unknown)!r}.")
    report: dict[str, Any] = {PACK: take_candidates(candidates)}
    names = [_ecosoc_name(line, cells) for line, cells in _rows(folder / ECOSOC, ("name", "status"))]
    report[ECOSOC] = take_ecosoc_names(names)
    return report


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells without stray spaces) of a table."""
    try:
        with open_file(path) as (_name, stream):
            for line, cells in table(stream, columns):
                if None in cells or None in cells.values():
                    raise BadRow(path.name, line, "(all)", "the number of cells differs from the heading's.")
                yield line, {str(column): clean_line(cell) for column, cell in cells.items()}
    except Unreadable as problem:
        raise BadRow(path.name, 1, "(all)", str(problem)) from problem


def _further_sources(path: Path) -> dict[str, list[list[str]]]:
    sources = defaultdict(list)
    for line, cells in _rows(path, ("code", *_OF_SOURCE)):
        sources[cells["code"]].append(_source(path.name, line, cells))
    return sources


def _source(file: str, line: int, cells: dict[str, str]) -> list[str]:
    """Return [name, address, day], as a candidate stores it. Raises BadRow."""
    try:
        day = date.fromisoformat(cells["source_date"])
    except ValueError as problem:
        raise BadRow(file, line, "source_date", str(problem)) from problem
    source = FurtherSource(name=cells["source_name"], url=cells["source"], seen_on=day)
    try:
        source.clean_fields(exclude={"id", "stakeholder"})
    except ValidationError as problem:
        field, messages = next(iter(problem.message_dict.items()))
        column = "source" if field == "url" else "source_name"
        raise BadRow(file, line, column, " ".join(messages)) from problem
    _check_address(file, line, "source", cells["source"])
    return [cells[column] for column in _OF_SOURCE]


def _check_address(file: str, line: int, column: str, address: str) -> None:
    try:
        web_address(address)
    except ValidationError as problem:
        raise BadRow(file, line, column, " ".join(problem.messages)) from problem


def _candidates(path: Path, further: dict[str, list[list[str]]]) -> list[Candidate]:
    known = codes_of_lists()
    candidates: dict[str, Candidate] = {}
    for line, cells in _rows(path, _ORGANIZATION):
        sourced = cells["website_basis"] in CountryBasis.SOURCED
        codes = {name: set(filter(None, cells[name].split(SEPARATOR))) for name in known}
        facts = _facts(cells, codes, known) | {"website": cells["website"] if sourced else ""}
        candidate = Candidate(
            code=cells["code"],
            name=cells["name"],
            said=facts,
            sources=[_source(path.name, line, cells), *further.get(cells["code"], [])],
            unsourced_website="" if sourced else cells["website"],
            country_basis=cells["country_basis"] or CountryBasis.UNKNOWN,
            **{column: cells[column] for column in ("why", "note", "unsure", "confidence")},
        )
        has_country = cells["country"] in known["works_in"]
        described = bool(cells["description"])
        wrong = {
            "code": candidate.code in candidates,
            "country": not has_country and (candidate.is_sure or bool(cells["country"])),
            **{name: not codes[name] <= known[name].keys() for name in known},
            "description_source": described != bool(cells["description_source"]),
            "description_date": described != bool(cells["description_date"]),
            "other_names": any(len(name) > LONGEST_NAME for name in facts["other_names"]),
            "founded": bool(cells["founded"]) and not cells["founded"].isdecimal(),
            "decide": cells["decide"] not in ("", "y"),
        }
        for column in (name for name, is_wrong in wrong.items() if is_wrong):
            raise BadRow(path.name, line, column, f"{cells[column]!r} cannot be used here.")
        for column in ("website", "description_source"):
            if cells[column]:
                _check_address(path.name, line, column, cells[column])
        _check(path.name, line, candidate)
        candidates[candidate.code] = candidate
    return list(candidates.values())


def _facts(
    cells: dict[str, str], codes: dict[str, set[str]], known: dict[str, dict[str, str]]
) -> dict[str, Any]:
    """Return what a row says by the columns of an entry, and what its profile says beside them."""
    columns = {column: cells[column] for column in COLUMNS if column in cells}
    lists = {name: sorted({known[name].get(code, code) for code in codes[name]}) for name in known}
    names = [name.strip() for name in cells["other_names"].split(SEPARATOR)]
    return {
        **columns,
        **lists,
        "country_id": cells["country"],
        "mission": cells["description"],
        "mission_language_id": "en" if cells["description"] else None,
        "mission_source": cells["description_source"],
        "mission_seen_on": cells["description_date"],
        "founded": cells["founded"],
        "other_names": list(filter(None, names)),
        "decide": bool(cells["decide"]),
    }


def _check(file: str, line: int, candidate: Candidate) -> None:
    entry = entry_from(candidate.said)
    entry.source_name, entry.source_url, day = candidate.sources[0]
    entry.source_date = date.fromisoformat(day)
    try:
        candidate.clean_fields(exclude={"said", "sources"})
        entry.clean_fields(exclude={"country", "mission_language", "merged_into"})
        if candidate.said["mission"]:
            date.fromisoformat(candidate.said["mission_seen_on"])
    except ValidationError as problem:
        column, messages = next(iter(problem.message_dict.items()))
        raise BadRow(file, line, column, " ".join(messages)) from problem
    except ValueError as problem:
        raise BadRow(file, line, "description_date", str(problem)) from problem
    if entry.kind == Kind.EXPERT:
        raise BadRow(file, line, "kind", "no person is listed unasked.")


def _ecosoc_name(line: int, cells: dict[str, str]) -> EcosocName:
    try:
        ecosoc_name = EcosocName(
            name=cells["name"],
            key=ecosoc_key(cells["name"]),
            outcome=cells["status"],
            decided_on=date.fromisoformat(cells["date"]),
            kind=cells["kind"],
            now_called=cells["now_called"],
        )
        ecosoc_name.clean_fields(exclude={"id"})
    except (ValueError, ValidationError) as problem:
        raise BadRow(ECOSOC, line, "(all)", str(problem)) from problem
    return ecosoc_name
