"""Markdown as blocks of words, for files that are no HTML and for the lines of lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from core.text import MARKDOWN

PARAGRAPH, HEADING, BULLET, NUMBER, QUOTE, CODE = "paragraph", "heading", "bullet", "number", "quote", "code"
_LISTS = {"bullet_list_open": BULLET, "ordered_list_open": NUMBER}
# Behind a sentence, or a line of a text: an abbreviation ("art. 5", "No. 3") ends none.
SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?؟])\s+(?=[^\W\d_])|(?<=[。！？])|\s*\n\s*")
LONGEST_SENTENCE = 240  # characters: about two lines of a list
_LINKS = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one manner; `href`: where they lead, as on pages to the web and to addresses alone."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """`level`: of a heading, or how deep in lists; `number`: of an item in a list that counts."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    number: int = 0


def blocks_of(markdown: str) -> list[Block]:
    """What `to_html` shows, in order. Rows of a table become lines, their cells side by side."""
    return list(_blocks(MARKDOWN.parse(markdown)))


def first_sentence(markdown: str) -> str:
    """Return the first sentence below the headings of a text, without Markdown, cut where it is long."""
    paragraph = next((block for block in blocks_of(markdown) if block.kind != HEADING), Block(PARAGRAPH))
    sentence = SENTENCE_END.split("".join(run.text for run in paragraph.runs).strip())[0]
    if len(sentence) <= LONGEST_SENTENCE:
        return sentence
    end = sentence.rfind(" ", LONGEST_SENTENCE // 2, LONGEST_SENTENCE)
    return f"{sentence[: end if end > 0 else LONGEST_SENTENCE]} …"


def plain_blocks(text: str) -> list[Block]:
    """Text that is no Markdown: a paragraph for each of its lines."""
    return [Block(PARAGRAPH, [Run(line)]) for line in text.splitlines() if line.strip()]


def _blocks(tokens: list[Any]) -> Iterator[Block]:
    lists: list[list[Any]] = []  # [kind, number of the item, whether its words are to come]
    quotes = heading = 0
    cells: list[Run] | None = None
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists.append([_LISTS[token.type], int(token.attrGet("start") or 1) - 1, False])
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                lists[-1][1:] = [lists[-1][1] + 1, True]
            case "blockquote_open" | "blockquote_close":
                quotes += token.nesting
            case "heading_open" | "heading_close":
                heading += token.nesting * int(token.tag[1:])
            case "tr_open":
                cells = []
            case "tr_close":
                yield Block(PARAGRAPH, cells or [])
                cells = None
            case "fence" | "code_block":
                yield Block(CODE, [Run(token.content.rstrip("\n"))], len(lists))
            case "inline" if cells is not None:
                cells += [*([Run(" · ")] if cells else []), *_runs(token.children)]
            case "inline":
                yield _worded(list(_runs(token.children)), heading, lists, quotes)


def _worded(runs: list[Run], heading: int, lists: list[list[Any]], quotes: int) -> Block:
    """What these words are where they stand; the first ones of an item in a list take its mark."""
    if heading:
        return Block(HEADING, runs, heading)
    if lists and lists[-1][2]:
        kind, number, _begins = lists[-1]
        lists[-1][2] = False
        return Block(kind, runs, len(lists), number)
    return Block(QUOTE if quotes else PARAGRAPH, runs, len(lists))


def _runs(tokens: list[Any]) -> Iterator[Run]:
    bold = italic = 0
    href = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                address = str(token.attrGet("href") or "")
                href = address if address.lower().startswith(_LINKS) else ""
            case "link_close":
                href = ""
            case "softbreak":
                yield Run(" ")
            case "hardbreak":
                yield Run("\n")
            case _ if token.content:
                yield Run(token.content, bool(bold), bool(italic), href)
