"""Text that runs from the right, put together from where each letter stands on the page.

A PDF keeps glyphs in the order in which they were drawn, and PDFium turns round only some of the words. On a
page with Arabic or Hebrew letters each line is therefore read as the eye does: from the right, with numbers
and Latin words the other way.
"""

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdfium2 import raw

_RIGHT = {"R", "AL"}
_LEFT = {"L", "EN", "AN"}


class _Letter(NamedTuple):
    text: str
    left: float
    right: float
    base: float
    size: float


def runs_from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in _RIGHT for letter in text)


def text_of(page: Any) -> str:
    """Return the text of a page of PDFium, line by line from the top, in reading order."""
    return "\n".join(_text_in_logical_order(line) for line in _lines(list(_letters(page))))


def _letters(page: Any) -> Iterator[_Letter]:
    left, right, bottom, top, x, y = (ctypes.c_double() for _number in range(6))
    for at in range(raw.FPDFText_CountChars(page)):
        letter = chr(raw.FPDFText_GetUnicode(page, at))
        if letter.isspace() or raw.FPDFText_IsGenerated(page, at) == 1:
            continue
        raw.FPDFText_GetCharBox(page, at, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(page, at, x, y)
        text = unicodedata.normalize("NFKC", letter)
        yield _Letter(text, left.value, right.value, y.value, raw.FPDFText_GetFontSize(page, at) or 1)


def _lines(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    """Yield the letters of each line of writing, from left to right."""
    letters.sort(key=lambda letter: -letter.base)
    line: list[_Letter] = []
    for letter in letters:
        if line and line[0].base - letter.base > letter.size / 2:
            yield sorted(line, key=lambda it: it.left)
            line = []
        line.append(letter)
    if line:
        yield sorted(line, key=lambda it: it.left)


def _text_in_logical_order(line: list[_Letter]) -> str:
    parts: list[str] = []
    for before, letter in zip([None, *line], line, strict=False):
        if before is not None and letter.left - before.right > letter.size * 0.15:
            parts.append(" ")
        parts.append(letter.text)
    if not runs_from_right("".join(parts)):
        return "".join(parts)
    ordered_parts: list[str] = []
    run: list[str] = []  # of letters that run from the left, met from their end
    for part in reversed(parts):
        kind = unicodedata.bidirectional(part[0])
        if kind in _LEFT or (run and kind in {"ES", "CS", "ET", "ON"}):
            run.append(part)
            continue
        ordered_parts += reversed(run)
        run = []
        ordered_parts.append(part)
    return "".join([*ordered_parts, *reversed(run)])
