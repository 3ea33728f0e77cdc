"""Split a story's text into pieces for the page, and compare two versions of it."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.safestring import SafeString

from core.text import to_html
from news.stories.models import StoryImage

_PLACE = re.compile(r"(?m)^[ \t]*\[image (\d{1,3})\][ \t]*$")
_WORDS = re.compile(r"\s+|[^\s]+")
_MARKS = re.compile(r"[*_`#>\[\]|~]+|\(https?://[^)]*\)")


class Piece(NamedTuple):
    """A part of the text, or an image at this place of the text."""

    html: SafeString | None = None
    image: StoryImage | None = None


def pieces(text: str, images: Sequence[StoryImage]) -> list[Piece]:
    """Return the text with its images: each at its line "[image 2]"; of the others the first leads, the rest
    follow. A line that names no image of the story says nothing.
    """
    by_number = {image.number: image for image in images}
    parts = _PLACE.split(text)
    placed: set[int] = set()
    in_text: list[Piece] = []
    for index, part in enumerate(parts):
        if index % 2 == 0:
            if part.strip():
                in_text.append(Piece(html=to_html(part)))
        elif (number := int(part)) in by_number and number not in placed:
            placed.add(number)
            in_text.append(Piece(image=by_number[number]))
    loose = [Piece(image=image) for image in images if image.number not in placed]
    return [*loose[:1], *in_text, *loose[1:]]


def plain(text: str) -> str:
    """Return the text without Markdown and images, for the index."""
    return _MARKS.sub(" ", _PLACE.sub("", text))


class Difference(NamedTuple):
    """`kind`: "same", "out" (only before) or "in" (only after)."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Difference]:
    """Return the differences word by word; long unchanged stretches keep only their ends."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    stretches: list[Difference] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            stretches.append(Difference("same", _shorten(old[i1:i2])))
            continue
        if i2 > i1:
            stretches.append(Difference("out", "".join(old[i1:i2])))
        if j2 > j1:
            stretches.append(Difference("in", "".join(new[j1:j2])))
    return stretches


def _shorten(words: Sequence[str], ends: int = 24) -> str:
    if len(words) <= ends * 2 + 8:
        return "".join(words)
    return "".join(words[:ends]) + " … " + "".join(words[-ends:])


def differences_of_lists(before: Iterable[str], after: Iterable[str]) -> list[Difference]:
    old, new = list(before), list(after)
    from_old = [Difference("same" if text in new else "out", text) for text in old]
    return from_old + [Difference("in", text) for text in new if text not in old]
