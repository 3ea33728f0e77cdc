"""Pages of the web: what a reader would see as text."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from resources.extraction.child import MOST_PAGES, about
from resources.extraction.pieces import in_pieces

_UNSEEN = {"script", "style", "template", "noscript", "svg", "iframe", "object"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "cite",
    "code",
    "em",
    "i",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "wbr",
}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.unseen = ""
        self.now: list[str] = []
        self.title: list[str] = []
        self.language = ""
        self.in_title = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        self.in_title = tag == "title" and not self.unseen and not self.title
        if not self.unseen and tag in _UNSEEN:
            self.unseen = tag
        elif tag not in _INLINE:
            self.now.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.in_title = False
        if tag == self.unseen:
            self.unseen = ""
        elif tag not in _INLINE:
            self.now.append("\n")

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.now.append("\n" if tag not in _INLINE else "")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.now.append(data)
        if self.in_title:
            self.title.append(data)


def read(path: Path) -> Iterator[dict[str, Any]]:
    words = _Words()
    words.feed(_text(path.read_bytes()))
    words.close()
    visible_text = re.sub(r"[ \t\r\f\v]+", " ", "".join(words.now))
    pieces = list(in_pieces(re.sub(r"\s*\n\s*", "\n", visible_text).strip()))
    yield about("".join(words.title), words.language)
    yield {"pages": len(pieces), "numbered": False}
    for number, text in enumerate(pieces[:MOST_PAGES], 1):
        yield {"page": number, "text": text}
    yield {"read": True}


def _text(raw: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    named = _CHARSET.search(raw[:2048])
    try:
        return raw.decode(named.group(1).decode("ascii") if named else "utf-8", "replace")
    except (LookupError, ValueError):
        return raw.decode("utf-8", "replace")
