"""What one line of the directory says, made ready so that its template only prints."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.parse import parse
from search.text import fold, is_run
from stakeholders.entries.models import Stakeholder
from stakeholders.exchange.enums import Direction
from stakeholders.logos.models import logo_url

SNIPPET = 220  # characters: about two lines
BEFORE = 60  # of them at most before the first word found
SHORTEST_STEM = 4
_TOKENS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Card:
    stakeholder: Stakeholder
    url: str
    logo: str
    name: SafeString
    name_latin: SafeString
    kind: Any
    country: str
    topics: list[str]
    mission: SafeString
    mission_language: str
    confirmed: datetime | None
    source_date: date | None
    offers: int
    needs: int


def cards(
    rows: Sequence[Any], *, topic_names: Mapping[str, str], country_names: Mapping[str, str], text: str = ""
) -> list[Card]:
    """The cards of rows that come with `topic_codes`, `said` and `logo_pk`, in their order."""
    question = parse(text)
    words, others = question.plain_words, question.other_words
    kinds = dict(Stakeholder._meta.get_field("kind").flatchoices)
    return [
        Card(
            stakeholder=row,
            url=row.get_absolute_url(),
            logo=logo_url(row.logo_pk),
            name=mark_words(row.name, words, others),
            name_latin=mark_words(row.name_latin, words, others),
            kind=kinds.get(row.kind, row.kind),
            country=country_names.get(row.country_id, row.country_id),
            # In the order of their names, since the choices are.
            topics=[name for code, name in topic_names.items() if code in row.topic_codes],
            mission=snippet(row.mission, words, others),
            mission_language=row.mission_language_id or "",
            confirmed=row.confirmed_at,
            source_date=row.source_date,
            offers=row.said.count(Direction.OFFER),
            needs=row.said.count(Direction.NEED),
        )
        for row in rows
    ]


def snippet(text: str, words: Sequence[str], others: Sequence[str] = ()) -> SafeString:
    """About two lines of `text` around the first of the words, which are marked; or its start."""
    text = " ".join(text.split())
    first = next(iter(_spans(text, words, others)), None)
    start = 0
    if first and first[0] > SNIPPET - BEFORE:
        # A script without spaces is cut where it must be.
        start = text.find(" ", first[0] - BEFORE, first[0]) + 1 or first[0] - BEFORE
    end = len(text)
    if end - start > SNIPPET:
        end = text.rfind(" ", start + SNIPPET // 2, start + SNIPPET)
        end = end if end > 0 else start + SNIPPET
    piece = mark_words(text[start:end], words, others)
    return SafeString(("… " if start else "") + piece + (" …" if end < len(text) else ""))


def mark_words(text: str, words: Sequence[str], others: Sequence[str] = ()) -> SafeString:
    """The text, escaped, with <mark> around what the words found, and the words of their other names."""
    parts, at = [], 0
    for start, end in _spans(text, words, others):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    parts.append(escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308  every piece is escaped above


def _spans(text: str, words: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in the text: whole words alike in their beginning, runs anywhere.

    `others`, which may be of another language, only as they are.
    """
    if not words:
        return []
    spans = []
    runs = [word for word in (*words, *others) if is_run(word)]
    plain = {*words, *others}
    beginnings = defaultdict(list)
    for word in words:
        beginnings[word[:SHORTEST_STEM]].append(word)
    for found in _TOKENS.finditer(text):
        token = fold(found.group())
        if token in plain or any(_alike(word, token) for word in beginnings.get(token[:SHORTEST_STEM], ())):
            spans.append(found.span())
            continue
        for run in runs:
            if (at := found.group().find(run)) >= 0:
                spans.append((found.start() + at, found.start() + at + len(run)))
                break
    return spans


def _alike(word: str, token: str) -> bool:
    """Whether both may be forms of one word: the database compares stems, this only needs to look right."""
    stem = max(SHORTEST_STEM, min(len(word), len(token)) - 3)
    return (
        len(word) >= stem <= len(token)
        and word[:stem] == token[:stem]
        and abs(len(word) - len(token)) <= stem
    )
