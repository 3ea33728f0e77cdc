"""What one line of the directory says, made ready so that its template only prints."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from core.text import initials
from search.parse import parse
from search.text import fold, is_run
from stakeholders.entries.enums import Kind, Listing, Status
from stakeholders.exchange.enums import Direction
from stakeholders.logos.models import logo_url

SNIPPET = 220  # characters: about two lines
BEFORE = 60  # of them at most before the first word found
SHORTEST_STEM = 4
_TOKENS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Card:
    """`notes` say how far the entry can be relied on, what it offers, and who sees it."""

    url: str
    logo: str
    initials: str  # where there is no logo, on one of ten colours
    colour: int
    name: SafeString
    name_latin: SafeString
    kind: str
    city: str
    country: str
    topics: list[str]
    mission: SafeString
    mission_language: str
    is_verified: bool
    notes: list[str]


def cards(
    rows: Sequence[Any], *, topic_names: Mapping[str, str], country_names: Mapping[str, str], text: str = ""
) -> list[Card]:
    """Return the cards of rows that come with `topic_codes`, `directions` and `logo_pk`, in their order."""
    question = parse(text)
    words, others = question.plain_words, question.other_words
    kinds = {code: str(label) for code, label in Kind.choices}
    unclaimed = _("Listed from a public source, unclaimed")
    seen_by = {
        Listing.MEMBERS: [_("Seen by members only")],
        Listing.MEMBERS_STATES: [_("Seen by members and States")],
    }
    return [
        Card(
            url=row.get_absolute_url(),
            logo=logo_url(row.logo_pk),
            initials=initials(row.name),
            colour=row.pk % 10,
            name=mark_words(row.name, words, others),
            name_latin=mark_words(row.name_latin, words, others),
            kind=kinds[row.kind],
            city=row.city,
            country=country_names.get(row.country_id, row.country_id),
            # In the order of their names, since the choices are.
            topics=[name for code, name in topic_names.items() if code in row.topic_codes],
            mission=snippet(row.mission, words, others),
            mission_language=row.mission_language_id or "",
            is_verified=row.status != Status.LISTED,
            notes=[*_standing_notes(row, unclaimed), *_offer_notes(row), *seen_by.get(row.listing, ())],
        )
        for row in rows
    ]


def _standing_notes(row: Any, unclaimed: str) -> Iterator[str]:
    """Yield how far the entry can be relied on.

    A verified entry has a sign for that, so only how long ago it was confirmed. Of a listed one what it does
    stands in the place of the source, which its page names.
    """
    if row.status == Status.LISTED:
        if row.mission:
            return
        yield unclaimed
        if row.source_date:
            yield _source_seen(row.source_date, get_language())
    elif row.confirmed_at:
        yield _confirmed(localtime(row.confirmed_at).date(), get_language())
    else:
        yield pgettext("an entry", "not confirmed yet")


# Cards of one page share few days, and a day in words takes longer than all else of a card.
@lru_cache(1000)
def _source_seen(day: date, _language: str | None) -> str:
    return _("source seen in %(month)s") % {"month": date_format(day, "F Y")}


@lru_cache(1000)
def _confirmed(day: date, _language: str | None) -> str:
    return _("confirmed %(month)s") % {"month": date_format(day, "F Y")}


def _offer_notes(row: Any) -> Iterator[str]:
    if offers := row.directions.count(Direction.OFFER):
        yield ngettext("%(counter)s offer", "%(counter)s offers", offers) % {"counter": offers}
    if needs := row.directions.count(Direction.NEED):
        yield ngettext("%(counter)s need", "%(counter)s needs", needs) % {"counter": needs}


def snippet(text: str, words: Sequence[str], others: Sequence[str] = ()) -> SafeString:
    """Return about two lines of `text` around the first of the words, which are marked; or its start."""
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
    """Return the escaped text with <mark> around the matches of the words and of their other names."""
    parts, at = [], 0
    for start, end in _spans(text, words, others):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    parts.append(escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308  every piece is escaped above


def _spans(text: str, words: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """Return (start, end) of the words in the text: whole words with the same stem, runs anywhere.

    `others`, which may be of another language, are found in their exact form alone.
    """
    if not words:
        return []
    spans = []
    runs = [word for word in (*words, *others) if is_run(word)]
    plain = {*words, *others}
    beginnings = defaultdict(list)
    for word in words:
        beginnings[word[:SHORTEST_STEM]].append(word)
    for match in _TOKENS.finditer(text):
        token = fold(match.group())
        if token in plain or any(
            _may_be_forms(word, token) for word in beginnings.get(token[:SHORTEST_STEM], ())
        ):
            spans.append(match.span())
            continue
        for run in runs:
            if (at := match.group().find(run)) >= 0:
                spans.append((match.start() + at, match.start() + at + len(run)))
                break
    return spans


def _may_be_forms(word: str, token: str) -> bool:
    """Return whether both may be forms of a word; approximate, as the database compares the stems."""
    stem = max(SHORTEST_STEM, min(len(word), len(token)) - 3)
    return (
        len(word) >= stem <= len(token)
        and word[:stem] == token[:stem]
        and abs(len(word) - len(token)) <= stem
    )
