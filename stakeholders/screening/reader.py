"""Reading a consolidated list in the XML layout in which the UN Security Council publishes its own.

Streaming, by the standard library's expat alone: a document type is refused, so that there are no entities to
expand and nothing is fetched from anywhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from xml.parsers import expat

from django.utils.translation import gettext as _

from core.text import clean_line
from stakeholders.screening.enums import ListedKind
from stakeholders.screening.transliteration import distinct

MOST_BYTES = 25_000_000
MOST_FORMS = 200_000
MOST_DEPTH = 12
MOST_TEXT = 2_000  # characters of one name; more than that is no name
CHUNK = 65_536

ROOT = "CONSOLIDATED_LIST"
KINDS = {"INDIVIDUAL": ListedKind.INDIVIDUAL, "ENTITY": ListedKind.ENTITY}
_GROUPS = {"INDIVIDUALS": "INDIVIDUAL", "ENTITIES": "ENTITY"}
_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_OWN = {"DATAID", "REFERENCE_NUMBER", "NAME_ORIGINAL_SCRIPT", *_PARTS}
_ALIASES = {"INDIVIDUAL": "INDIVIDUAL_ALIAS", "ENTITY": "ENTITY_ALIAS"}


class Unreadable(Exception):
    """The file is not such a list; the message says what is wrong and what to do."""


@dataclass(frozen=True)
class ListedEntry:
    """One person or body of the list with every form of its name, as printed."""

    kind: ListedKind
    reference: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class ReadList:
    generated: date
    sha256: str
    entries: list[ListedEntry]


def read(chunks: Iterable[bytes]) -> ReadList:
    """Read the list of which these are the bytes, in order. Raises Unreadable."""
    reader = _Reader()
    digest = sha256()
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise Unreadable(_("This file is too large for a consolidated list. Nothing was changed."))
        digest.update(chunk)
        reader.feed(chunk)
    if not size:
        raise Unreadable(_("This file is empty. Nothing was changed."))
    reader.end()
    if not reader.entries:
        raise Unreadable(_("This list contains no names. The list in use was not changed."))
    if reader.generated is None:
        raise Unreadable(_("This list does not give its date (dateGenerated). Nothing was changed."))
    return ReadList(reader.generated, digest.hexdigest(), reader.entries)


def pieces(stream: Iterator[bytes] | object) -> Iterator[bytes]:
    """Yield the bytes of an open binary file, piece by piece."""
    while piece := stream.read(CHUNK):  # type: ignore[union-attr]
        yield piece


@dataclass
class _OpenEntry:
    """The entry that is being read."""

    tag: str
    texts: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self) -> None:
        self.entries: list[ListedEntry] = []
        self.generated: date | None = None
        self._path: list[str] = []
        self._entry: _OpenEntry | None = None
        self._text: list[str] = []
        self._length = 0
        self._forms = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._stop
        self._parser.CharacterDataHandler = self._characters

    def feed(self, chunk: bytes, *, final: bool = False) -> None:
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as broken:
            if not self._path and not self.entries:
                raise Unreadable(
                    _(
                        "This file is not XML. Please use the consolidated list in the XML format, "
                        "not as PDF, HTML or a spreadsheet. Nothing was changed."
                    )
                ) from broken
            raise Unreadable(
                _("The file breaks off or is damaged in line %(line)s. Nothing was changed.")
                % {"line": broken.lineno}
            ) from broken
        except (LookupError, ValueError) as unknown:
            raise Unreadable(
                _("The encoding of this file is unknown. Please save it as UTF-8. Nothing was changed.")
            ) from unknown

    def end(self) -> None:
        self.feed(b"", final=True)

    def _refuse_doctype(self, *_declared: object) -> None:
        raise Unreadable(
            _(
                "This file declares a document type (DOCTYPE), which the published list does not have. "
                "Such files are not read. Nothing was changed."
            )
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._path:
            self._root(tag, attributes)
        if len(self._path) >= MOST_DEPTH:
            raise Unreadable(_("This file is not built like a consolidated list. Nothing was changed."))
        if len(self._path) == 2 and _GROUPS.get(self._path[1]) == tag:
            self._entry = _OpenEntry(tag)
        self._path.append(tag)
        self._text, self._length = [], 0

    def _root(self, tag: str, attributes: dict[str, str]) -> None:
        if tag != ROOT:
            raise Unreadable(
                _(
                    "This is another format: the file begins with “%(tag)s”, the consolidated list of the "
                    "Security Council with “%(wanted)s”. Nothing was changed."
                )
                % {"tag": tag[:40], "wanted": ROOT}
            )
        try:
            self.generated = datetime.fromisoformat(attributes.get("dateGenerated", "")).date()
        except ValueError:
            self.generated = None

    def _characters(self, data: str) -> None:
        if self._entry is None:
            return
        self._length += len(data)
        if self._length > MOST_TEXT:
            # Comments of the list may be long, and are of no use here.
            return
        self._text.append(data)

    def _stop(self, tag: str) -> None:
        self._path.pop()
        entry = self._entry
        if entry is None:
            return
        within = self._path[3:]
        text = clean_line("".join(self._text)) if self._length <= MOST_TEXT else ""
        if not within and tag in _OWN:
            entry.texts[tag] = text
        elif within == [_ALIASES[entry.tag]] and tag == "ALIAS_NAME":
            entry.aliases.extend(text.split(";"))
        elif len(self._path) == 2:
            self._close(entry)
        self._text, self._length = [], 0

    def _close(self, entry: _OpenEntry) -> None:
        self._entry = None
        whole = " ".join(entry.texts[part] for part in _PARTS if entry.texts.get(part))
        forms = distinct([whole, entry.texts.get("NAME_ORIGINAL_SCRIPT", ""), *entry.aliases])
        if not forms:
            return
        self._forms += len(forms)
        if self._forms > MOST_FORMS:
            raise Unreadable(_("This file is too large for a consolidated list. Nothing was changed."))
        reference = entry.texts.get("REFERENCE_NUMBER") or entry.texts.get("DATAID", "")
        self.entries.append(ListedEntry(KINDS[entry.tag], reference[:60], tuple(forms)))
