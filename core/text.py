"""Text from people, made safe and comparable."""

import html
import json
import re
import unicodedata
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from typing import Any

import nh3
from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_TAGS = {
    "p",
    "a",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "code",
    "pre",
    "blockquote",
    "h2",
    "h3",
    "h4",
    "br",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
# What is no character to XML 1.0, or to Unicode itself: one of them, and a feed is malformed for everybody.
_NO_CHARACTERS = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)
)
# What a text without any of these says as Markdown is the text itself.
_MARKED = re.compile(r"[\\`*_\[\]<>&#~|]|^\s*(?:[-+]|\d+[.)])(?:\s|$)|^\s*[-=]+\s*$|^ {4}|\t", re.MULTILINE)
_UNPRINTABLE = re.compile(f"[{_NO_CHARACTERS}]")
# With all controls, and the marks that reorder text around them (an old trick to disguise a file or a name).
_INVISIBLE = re.compile(f"[{_NO_CHARACTERS}\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
# What could end a script element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
# Letters to Unicode that nobody sees.
_FILLERS = "\u115f\u1160"
LONGEST_NUMBER = 18  # digits: every such number fits into a bigint


def readable_address(url: str) -> str:
    """Return an address as a person reads it: without percent signs for letters, and without its scheme."""
    return MARKDOWN.normalizeLinkText(url).removeprefix("mailto:").removeprefix("https://")


def _open_link(
    self: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    """Render the start of a link; one that leads outside carries its address for paper."""
    link = tokens[index]
    href = str(link.attrGet("href") or "")
    is_outside = href.startswith(("http://", "https://", "mailto:")) and not href.startswith(
        settings.SITE_URL
    )
    if is_outside and link.markup != "autolink":
        link.attrSet("data-address", readable_address(href))
    return self.renderToken(tokens, index, options, env)


MARKDOWN.add_render_rule("link_open", _open_link)


def to_html(markdown: str) -> SafeString:
    """Markdown → HTML of a few harmless tags; links to https and mailto only."""
    cleaned = nh3.clean(
        MARKDOWN.render(markdown),
        tags=_TAGS,
        attributes={"a": {"href", "title", "data-address"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(cleaned)  # noqa: S308  nh3 has just cleaned it


def plain(markdown: str) -> str:
    """Markdown as the words that it holds."""
    return html.unescape(strip_tags(to_html(markdown))) if markdown else ""


def plain_block(markdown: str) -> str:
    """As `plain`, without white space around it; what has no mark of Markdown is not read as such."""
    return (plain(markdown) if _MARKED.search(markdown) else markdown).strip()


def in_script(data: Any) -> SafeString:
    """JSON as it may stand inside a script element."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308  what could end the element is escaped in the line above


def printable(text: str) -> str:
    """The text without what files of other formats cannot hold, for rows that nobody cleaned."""
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


def clean_block(text: str) -> str:
    """Text of several lines: one Unicode form, no invisible controls, line ends as \\n."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def clean_line(text: str) -> str:
    """Text of one line: as `clean_block`, and every run of white space is one space."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return _SPACES.sub(" ", clean_block(text)).strip()


def has_letters(text: str) -> bool:
    """Whether there is a letter or digit to be read in it: what is a name has one."""
    if text[:1].isascii() and text[:1].isalnum():
        return True
    return any(sign.isalnum() and sign not in _FILLERS for sign in fold(text))


def reads_from_right(text: str, otherwise: bool) -> bool:
    """By its first letter that has a direction, as browsers do with dir="auto"."""
    for letter in text:
        if (kind := unicodedata.bidirectional(letter)) in ("L", "R", "AL"):
            return kind != "L"
    return otherwise


def whole(text: str, otherwise: int = 0) -> int:
    """The number that a request holds as text; `otherwise` where that is none, or one that no row has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else otherwise


@lru_cache(8192)
def fold(text: str) -> str:
    """A form for comparing and sorting: case-folded, without accents, vowel marks or the Arabic tatweel."""
    if text.isascii():
        return clean_line(text.lower())
    # Twice, because a letter that stands for another may only come to light with the case folded.
    compatible = unicodedata.normalize("NFKD", clean_line(text)).casefold()
    decomposed = unicodedata.normalize("NFKD", compatible).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("\u0640", "")
    return clean_line(bare)


def initials(name: str) -> str:
    """Two letters that stand for a name where there is no picture; of a script without capitals, one."""
    words = [word for word in re.findall(r"\w+", name) if word[0].isalpha()]
    capital = [word for word in words if word[0].isupper()] or words
    if not capital:
        return "–"
    if not capital[0][0].isupper():
        return capital[0][0]
    return "".join(word[0] for word in (capital[0], capital[-1])[: len(capital)])
