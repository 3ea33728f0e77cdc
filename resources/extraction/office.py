"""Documents, slides and sheets of office programs: XML in a ZIP, read as a stream, never unfolded whole."""

import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from resources.extraction.child import MOST_PAGES, Unreadable, about
from resources.extraction.pieces import in_pieces

MOST_ENTRIES = 10_000
MOST_UNFOLDED = 100 << 20  # bytes of one part
CHUNK = 1 << 16


class _Words:
    """Text of one part, cut where the document says that a page ends. Nothing else is followed."""

    def __init__(self, *, text: set[str], line: set[str], page: set[str]) -> None:
        self.text, self.line, self.page = text, line, page
        self.inside = 0
        self.now: list[str] = []
        self.pages: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words

    def _refuse(self, *_arguments: Any) -> None:
        raise Unreadable("hostile")  # office programs write no document types; entities are how they hurt

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        if name in self.text:
            self.inside += 1
        elif name in self.page or (name == "br" and "page" in attributes.values()):
            self.end_page()
        elif name in {"tab", "br", "cr"}:
            self.now.append(" ")

    def _end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        if name in self.text:
            self.inside -= 1
        elif name in self.line:
            self.now.append("\n")

    def _words(self, data: str) -> None:
        if self.inside:
            self.now.append(data)

    def end_page(self) -> None:
        self.pages.append("".join(self.now))
        self.now = []


def read_document(path: Path) -> Iterator[dict[str, Any]]:
    with _open_archive(path) as archive:
        yield _about(archive)
        words = _Words(text={"t"}, line={"p", "tr"}, page={"lastRenderedPageBreak"})
        _parse(archive, "word/document.xml", words)
    words.end_page()
    if len(words.pages) > 1:
        yield from _pages_as_facts(words.pages, numbered=True)
    else:
        yield from _pages_as_facts(list(in_pieces(words.pages[0])), numbered=False)


def read_slides(path: Path) -> Iterator[dict[str, Any]]:
    with _open_archive(path) as archive:
        yield _about(archive)
        names = [name for name in archive.namelist() if name.startswith("ppt/slides/slide")]
        names.sort(key=lambda name: int("".join(filter(str.isdecimal, name)) or 0))
        pages = []
        for name in names[:MOST_PAGES]:
            words = _Words(text={"t"}, line={"p"}, page=set())
            _parse(archive, name, words)
            words.end_page()
            pages += words.pages
    yield from _pages_as_facts(pages, numbered=True)


def read_sheets(path: Path) -> Iterator[dict[str, Any]]:
    words = _Words(text={"t"}, line={"si"}, page=set())
    with _open_archive(path) as archive:
        yield _about(archive)
        if "xl/sharedStrings.xml" in archive.namelist():
            _parse(archive, "xl/sharedStrings.xml", words)
    words.end_page()
    yield from _pages_as_facts(list(in_pieces(words.pages[0])), numbered=False)


def _about(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return title and language from its properties, "" where it has none or they are broken."""
    properties = {"title": "", "language": ""}
    with contextlib.suppress(Unreadable):
        for name in properties:
            words = _Words(text={name}, line=set(), page=set())
            _parse(archive, "docProps/core.xml", words)
            properties[name] = "".join(words.now)
    return about(**properties)


def _pages_as_facts(pages: list[str], *, numbered: bool) -> Iterator[dict[str, Any]]:
    yield {"pages": len(pages), "numbered": numbered}
    for number, text in enumerate(pages[:MOST_PAGES], 1):
        yield {"page": number, "text": text}
    yield {"read": True}


def _open_archive(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as why:
        raise Unreadable("broken") from why
    if len(archive.namelist()) > MOST_ENTRIES:
        raise Unreadable("hostile")
    return archive


def _parse(archive: zipfile.ZipFile, name: str, words: _Words) -> None:
    try:
        part = archive.getinfo(name)
        if part.flag_bits & 1:
            raise Unreadable("encrypted")
        room = MOST_UNFOLDED
        with archive.open(part) as source:
            while chunk := source.read(CHUNK):
                room -= len(chunk)
                if room < 0:
                    raise Unreadable("hostile")
                words.parser.Parse(chunk, False)
        words.parser.Parse(b"", True)
    except (KeyError, zipfile.BadZipFile, expat.ExpatError, NotImplementedError, EOFError) as why:
        raise Unreadable("broken") from why
