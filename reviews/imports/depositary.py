"""The depositary's list of participants of one treaty, as XML, read into the columns of a published list.

The format, as files of the volume "Multilateral Treaties Deposited with the Secretary-General" have it: one
table whose columns are told by words of their heads; brackets around an action that is undone; a raised
number that leads to a note, often on territories; control bytes in the texts of declarations.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from lxml import etree

from core.errors import DomainError
from core.text import clean_block, clean_line
from reviews.imports.codes import COLUMNS, OPTIONAL
from reviews.mechanism.enums import ImportKind
from stakeholders.imports.queries import words
from taxonomy.law.enums import TreatyAction

ADDRESS = "https://treaties.un.org/doc/Publication/MTDSG/Volume%20II/Chapter%20XVIII/XVIII-12{}.en.xml"
# Letter of the sub-section in chapter XVIII, section 12 → instrument.
TREATIES = {"": "UNTOC", "a": "TIP", "b": "SOM", "c": "FA"}
SECTION, CHAPTER = "12", "CHAPTER XVIII"
MARKS = {
    "": TreatyAction.RATIFICATION,
    "a": TreatyAction.ACCESSION,
    "A": TreatyAction.ACCEPTANCE,
    "AA": TreatyAction.APPROVAL,
    "d": TreatyAction.SUCCESSION,
}
MONTHS = (
    ("jan",),
    ("feb", "fév"),
    ("mar",),
    ("apr", "avr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "aoû"),
    ("sep",),
    ("oct",),
    ("nov",),
    ("dec", "déc"),
)
# Names under which earlier lists had States, or that no list of names here has.
ALSO_CALLED = {"the former yugoslav republic of macedonia": "MKD", "netherlands (kingdom of the)": "NLD"}
LONGEST_NOTE = 1000
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r")
_CELL = re.compile(r"(\[?)\s*(\d{1,2})\s+([^\W\d]{3,5})\.?\s+(\d{4})\s*([A-Za-z]{0,2})\s*(\]?)")
_RAISED = re.compile(r"<superscript>(.*?)</superscript>", re.DOTALL)


def address_of(instrument: str) -> str:
    """Return where the depositary has its file about an instrument."""
    [letter] = [letter for letter, code in TREATIES.items() if code == instrument]
    return ADDRESS.format(f"-{letter}" if letter else "")


def is_markup(content: bytes) -> bool:
    """Return whether a file may be the depositary's XML, or a page that its site sends in place of it."""
    return content.lstrip().startswith(b"<")


def treaty_as_csv(content: bytes) -> str:
    """Return a file of the depositary as a list of participations. Raises DomainError.

    What a row says that cannot be understood stands in its column `unread`: it is told, and never guessed.
    """
    document = _parse(content)
    instrument = _instrument(document)
    names, notes = words(), _notes(document)
    rows, signed, bound = [], [0, 0], [0, 0]
    for cells in _cells(document):
        name, marks = _name(cells[0])
        signature, action = (_action(cell) for cell in cells[1:])
        for counted, cell in ((signed, signature), (bound, action)):
            counted[0] += bool(cell.text)
            counted[1] += bool(cell.text) and not cell.is_undone
        texts = {number: notes[number] for number in marks if number in notes}
        row = dict.fromkeys((*COLUMNS[ImportKind.PARTICIPATIONS], *OPTIONAL[ImportKind.PARTICIPATIONS]), "")
        row |= {"instrument": instrument, "note": clean_block(" ".join(texts.values()))[:LONGEST_NOTE]}
        iso3 = names.country(name) or ALSO_CALLED.get(name.casefold())
        unread = [cell.text for cell in (signature, action) if cell.is_unread]
        if iso3 is None or unread:
            row["unread"] = clean_line(": ".join(filter(None, (name, *unread))))
        else:
            is_party = bool(action.text) and not action.is_undone
            row |= {
                "iso3": iso3,
                "is_party": "y" if is_party else "n",
                "action": MARKS[action.mark].value if is_party else "",
                "date": action.day if is_party else "",
                "signed_on": "" if signature.is_undone else signature.day,
            }
        rows.append(row)
    _check_sum(document, "Signatories", signed)
    _check_sum(document, "Parties", bound)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class _Action:
    """One cell: the day of an action (ISO), its mark, whether brackets undo it, whether it makes no sense."""

    def __init__(self, text: str, day: str = "", mark: str = "", *, is_undone: bool = False) -> None:
        self.text, self.day, self.mark, self.is_undone = text, day, mark, is_undone
        self.is_unread = bool(text) and not day


def _action(text: str) -> _Action:
    match = _CELL.fullmatch(text)
    if match is None:
        return _Action(text)
    opening, day, word, year, mark, closing = match.groups()
    month = next((at for at, names in enumerate(MONTHS, 1) if word.casefold().startswith(names)), 0)
    if not month or mark not in MARKS or bool(opening) != bool(closing):
        return _Action(text)
    return _Action(text, f"{year}-{month:02}-{int(day):02}", mark, is_undone=bool(opening))


def _parse(content: bytes) -> Any:
    if not content.lstrip().startswith(b"<?xml"):
        raise DomainError(_("This is not the XML of the depositary; its site may be under maintenance."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(content.lstrip().translate(None, _CONTROL), parser)
    except etree.XMLSyntaxError as problem:
        raise DomainError(_("The file cannot be read as XML.")) from problem


def _instrument(document: Any) -> str:
    section = _text(document.find(".//ExternalData/Numsect"))
    letter = _text(document.find(".//ExternalData/Subnumsect"))
    chapter = _text(document.find(".//Header/Chapter/Header"))
    if section != SECTION or chapter != CHAPTER or letter not in TREATIES:
        raise DomainError(_("The file is about another treaty."))
    return TREATIES[letter]


def _cells(document: Any) -> Iterable[tuple[str, str, str]]:
    """Yield participant, signature and the act of consent of each row, as texts."""
    table = ".//Participants/Table/TGroup"
    heads = [_text(entry).casefold() for entry in document.findall(f"{table}/Thead/Row/Entry")]
    words_of_heads = ("participant", "signature", "ratification")
    places = [at for word in words_of_heads for at, head in enumerate(heads) if word in head]
    rows = document.findall(f"{table}/Tbody/Rows/Row") or document.findall(f"{table}/Tbody/Row")
    if len(places) != len(words_of_heads) or not rows:
        raise DomainError(_("The table of participants was not found in the file."))
    for row in rows:
        entries = ["".join(entry.itertext()) for entry in row.findall("Entry")]
        if len(entries) != len(heads):
            raise DomainError(_("A row of the table has another number of cells than its head."))
        name, signature, action = (entries[place] for place in places)
        yield name, _plain(signature), _plain(action)


def _name(text: str) -> tuple[str, list[str]]:
    """Return the name of a participant, and the numbers of its notes."""
    numbers = [number.strip() for raised in _RAISED.findall(text) for number in raised.split(",")]
    return re.sub(r"\s*\d+(,\d+)*$", "", _plain(_RAISED.sub("", text))), numbers


def _notes(document: Any) -> dict[str, str]:
    """Return number → text of the notes at the end, which tell of territories."""
    notes = {}
    for note in document.findall(".//EndNotes/Note"):
        paragraphs = (_plain("".join(part.itertext())) for part in note.findall("text"))
        notes[_text(note.find("index"))] = " ".join(filter(None, paragraphs))
    return notes


def _check_sum(document: Any, label: str, counted: Iterable[int]) -> None:
    """Refuse a table that does not hold as many actions as the head of the file says."""
    total = _text(document.find(f".//Status/{label}"))
    if not total.isdecimal() or int(total) not in counted:
        raise DomainError(
            _("The table does not hold as many actions as its head says (%(label)s: %(number)s).")
            % {"label": label, "number": total}
        )


def _text(element: Any) -> str:
    return "" if element is None else _plain("".join(element.itertext()))


def _plain(text: str) -> str:
    return clean_line(strip_tags(text))
