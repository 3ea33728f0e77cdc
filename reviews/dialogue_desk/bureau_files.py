"""The list for the Extended Bureau as a file, CSV or workbook, and the rows of the file that comes back."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import get_column_letter

from core.errors import DomainError, Unreadable
from core.spreadsheet_cells import codes_by_word, harmless_in_csv, join_values
from core.spreadsheet_reader import look_at, rows
from core.spreadsheets import MOST_CHARACTERS, csv_line, head_cell, new_sheet, offer_choices, wrapped_cell
from core.text import fold
from events.events.enums import Mode
from reviews.dialogue_desk.models import BureauList
from reviews.dialogues.enums import YES_NO, BureauReason, Outcome
from reviews.dialogues.models import DialogueLine
from stakeholders.entries.enums import Kind

MOST_BYTES = 5_000_000
# Names of the columns in the CSV file, with what a workbook calls them and how wide they are there.
SHOWN: dict[str, tuple[str | Promise, int]] = {
    "id": (gettext_lazy("Application"), 12),
    "stakeholder": (gettext_lazy("Stakeholder"), 30),
    "kind": (gettext_lazy("Kind"), 18),
    "country": (gettext_lazy("Country or area"), 11),
    "first_time": (gettext_lazy("First time at a dialogue"), 11),
    "mode": (gettext_lazy("Format"), 12),
    "speaks": (gettext_lazy("Would like to speak"), 11),
    "speaking_about": (gettext_lazy("what about"), 40),
    "travel_support": (gettext_lazy("Asks for travel support"), 11),
    "expertise": (gettext_lazy("expertise"), 60),
    "profile": (gettext_lazy("Mission, as of the profile"), 50),
}
ANSWERED: dict[str, tuple[str | Promise, int]] = {
    "decision": (gettext_lazy("Decision"), 18),
    "reason": (gettext_lazy("Class of reason"), 36),
    "note": (gettext_lazy("Note"), 40),
    "objection": (gettext_lazy("Objection, for the desk alone"), 40),
}
DIGEST = "digest"
HEADER = (*SHOWN, DIGEST, *ANSWERED)
HEADINGS = {**{name: label for name, (label, _width) in (SHOWN | ANSWERED).items()}, DIGEST: "SHA-256"}
WIDTHS = {name: width for name, (_label, width) in (SHOWN | ANSWERED).items()}
# Columns with codes: in the CSV file these, in a workbook their words. Both come back.
CODED: dict[str, Iterable[tuple[str, str | Promise]]] = {
    "kind": Kind.choices,
    "first_time": YES_NO,
    "mode": Mode.choices,
    "speaks": YES_NO,
    "travel_support": YES_NO,
    "decision": Outcome.choices,
    "reason": BureauReason.choices,
}
# People write what they read on the page.
ALIKE = {
    "waiting": Outcome.WAIT.value,
    "on the waiting list": Outcome.WAIT.value,
    "refused": Outcome.REFUSE.value,
}
SAID_IN_CSV = {"decision": Outcome.values, "reason": BureauReason.values}
FILLED = PatternFill("solid", fgColor="FFF6E0")
MEANINGS: dict[str, dict[str, str | Promise]] = {
    "decision": {
        Outcome.ACCEPT: gettext_lazy("A place is given."),
        Outcome.WAIT: gettext_lazy("The application waits until a place becomes free."),
        Outcome.REFUSE: gettext_lazy("No place is given; choose the category of reason in the next column."),
    }
}


# --- Out --------------------------------------------------------------------------------------------------
def cells_of(line: DialogueLine) -> dict[str, str]:
    """What the Extended Bureau reads of one application: nothing sensitive, no person.

    The stakeholder as it is called now: a list that names it otherwise would name nobody.
    """
    application = line.application
    evidence = application.evidence
    yes = {True: "yes", False: "no"}
    cells = {
        "id": str(line.pk),
        "stakeholder": application.stakeholder.name,
        "kind": evidence.get("kind", ""),
        "country": evidence.get("country", ""),
        "first_time": yes[bool(getattr(line, "first_time", False))],
        "mode": application.mode,
        "speaks": yes[application.wants_to_speak],
        "speaking_about": application.speaking_about,
        "travel_support": yes[application.travel_support],
        "expertise": join_values(
            f"{expertise.topic.name_en}: {expertise.text}" for expertise in application.expertise.all()
        ),
        "profile": evidence.get("mission", ""),
    }
    return {
        name: harmless_in_csv(" ".join(text.split()))[:MOST_CHARACTERS].rstrip()
        for name, text in cells.items()
    }


def digest_of_row(cells: Mapping[str, str]) -> str:
    """SHA-256 of what the row shows, however a spreadsheet has broken its lines."""
    shown = [" ".join((cells.get(name) or "").split()) for name in SHOWN]
    return sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()


def is_alike(sent: str, came: str) -> bool:
    """Return whether a cell came back as it went out, however a spreadsheet has broken its lines."""
    return sent.split() == came.split()


def list_text(cells: Iterable[Mapping[str, str]]) -> str:
    """Return the list as CSV: each row with its digest and empty cells for the answer."""
    heads = [f"{name} ({' / '.join(SAID_IN_CSV[name])})" if name in SAID_IN_CSV else name for name in HEADER]
    lines = [
        [*(row[name] for name in SHOWN), digest_of_row(row), *("" for _name in ANSWERED)] for row in cells
    ]
    return "".join(map(csv_line, [heads, *lines]))


def list_rows(bureau_list: BureauList) -> list[dict[str, str]]:
    """Return the cells of each application as the list was sent."""
    _heads, *lines = csv.reader(io.StringIO(bureau_list.text, newline=""))
    return [dict(zip(HEADER, line, strict=True)) for line in lines]


def fill_book(book: Any, bureau_list: BureauList) -> None:
    """The list as a workbook, an application a row: only the answer can be written, or chosen from a list."""
    applications, (notes, first) = list_rows(bureau_list), _notes(bureau_list)
    sheet = _sheet(book, "applications", [WIDTHS.get(name, 1) for name in HEADER])
    sheet.freeze_panes = "C2"
    sheet.column_dimensions[get_column_letter(HEADER.index(DIGEST) + 1)].hidden = True
    for name, row in first.items():
        source = f"notes!$A${row}:$A${row + len(SAID_IN_CSV[name]) - 1}"
        offer_choices(sheet, HEADER.index(name) + 1, len(applications), source, str(HEADINGS[name]))
    sheet.append([head_cell(sheet, capfirst(str(HEADINGS[name]))) for name in HEADER])
    words = {name: {code: str(label) for code, label in choices} for name, choices in CODED.items()}
    for cells in applications:
        sheet.append(
            [
                _cell(sheet, words.get(name, {}).get(text, text), free=name in ANSWERED)
                for name, text in cells.items()
            ]
        )
    about = _sheet(book, "notes", [44, 90])
    heads = {1, *(row - 1 for row in first.values())}
    for number, line in enumerate(notes, start=1):
        make_cell = head_cell if number in heads else wrapped_cell
        about.append([make_cell(about, text) for text in line])


def _notes(bureau_list: BureauList) -> tuple[list[list[Any]], dict[str, int]]:
    """Return the sheet beside the list, and in which of its rows the words begin that a column offers."""
    fill_in = _(
        "Choose a decision for each application, and a category of reason where it is not "
        "accepted. A row that is "
        "left blank remains undecided. Then save the file and send it back."
    )
    locked = _("Only the coloured cells can be filled in. A row whose other cells were changed is refused.")
    lines: list[list[Any]] = [
        [bureau_list.dialogue.event.title, _("List %(number)s") % {"number": bureau_list.pk}],
        [_("What to do"), fill_in],
        [_("Locked cells"), locked],
        [HEADINGS["note"], _("The applicant reads it if the application is not accepted.")],
        [HEADINGS["objection"], _("Only the desk ever reads it.")],
        [],
    ]
    first = {}
    for name in SAID_IN_CSV:
        lines.append([HEADINGS[name], _("Meaning")] if name in MEANINGS else [HEADINGS[name]])
        first[name] = len(lines) + 1
        lines += [[label, MEANINGS.get(name, {}).get(code, "")] for code, label in CODED[name]]
        lines.append([])
    return lines, first


def _sheet(book: Any, title: str, widths: Iterable[int]) -> Any:
    """Return a sheet whose cells are locked, without a password; its columns can be made wider."""
    sheet = new_sheet(book, title, widths)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    return sheet


def _cell(sheet: Any, value: Any, *, free: bool) -> Any:
    cell = wrapped_cell(sheet, value)
    if free:
        cell.protection, cell.fill = Protection(locked=False), FILLED
    return cell


# --- Back -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row of a file that came back: where it stands, and its cells by their names."""

    number: int
    cells: dict[str, str]
    letters: dict[str, str]

    def place(self, name: str) -> str:
        """As "L5"."""
        return f"{self.letters[name]}{self.number}"


def read_rows(content: bytes) -> list[AnswerRow]:
    """The rows of a CSV file or workbook, in codes where they are known. Raises DomainError for `file`."""
    if len(content) > MOST_BYTES:
        raise _refusal(_("This file is too large."))
    stream = io.BytesIO(content)
    try:
        sheet = look_at(stream, lambda cells: sum(_column(cell) in HEADER for cell in cells))
        places = {_column(head): place for place, head in enumerate(sheet.heads)}
        if missing := [name for name in HEADER if name not in places]:
            raise _refusal(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})
        letters = {name: get_column_letter(places[name] + 1) for name in HEADER}
        return [
            AnswerRow(number, {name: _code(name, cells, places[name]) for name in HEADER}, letters)
            for number, cells in rows(stream, sheet)
        ]
    except Unreadable as problem:
        raise _refusal(str(problem)) from problem


def _refusal(message: str) -> DomainError:
    return DomainError(message, fields={"file": message})


def _column(head: str) -> str:
    """Return the name of a column by its heading, in the words of either file; else as it is written."""
    name = head.partition("(")[0].strip()
    return _headings().get(fold(head)) or _headings().get(fold(name), name)


def _code(name: str, cells: list[str], place: int) -> str:
    text = cells[place].strip() if place < len(cells) else ""
    return _codes(name).get(fold(text), text) if name in CODED else text


@cache
def _headings() -> dict[str, str]:
    return codes_by_word(HEADINGS.items())


@cache
def _codes(name: str) -> dict[str, str]:
    """Code or word → code; in every language, since a file may be read in another than it was made in."""
    return codes_by_word(CODED[name]) | (ALIKE if name == "decision" else {})
