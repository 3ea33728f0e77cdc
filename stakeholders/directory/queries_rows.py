"""The entries of one page of the directory, with what a card shows.

Which entries answer is known from the sets (`queries_sets`); here they are put in order, and read.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.urls import reverse
from pyroaring import BitMap

from core.bulk import as_array
from core.database import fetch_rows
from search.facets import MOST_RANKED, RELEVANCE
from search.models import Document
from search.parse import parse
from stakeholders.directory.queries import (
    CONFIRMED,
    INDEXED,
    NAME,
    NEWEST,
    DirectoryQuery,
    listings_seen,
    matching_entries,
    offers_seen,
    offers_statement,
    shown_to,
)
from stakeholders.directory.queries_sets import answer_to
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder, StakeholderQuerySet
from stakeholders.logos.models import Logo
from stakeholders.logos.queries import shown_logo
from stakeholders.moderation.enums import Standing

# Up to so many entries are sorted; of more, an index is walked in their order.
MOST_SORTED = 1000


class CardRow(NamedTuple):
    """What a card shows of an entry. `directions` has one for each offer and need that the reader is told."""

    pk: int
    kind: str
    status: str
    listing: str
    name: str
    name_latin: str
    acronym: str
    country_id: str
    city: str
    mission: str
    mission_language_id: str | None
    slug: str
    confirmed_at: datetime | None
    source_date: date | None
    topic_codes: list[str]
    directions: list[str]
    logo_pk: int | None

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:detail", args=[self.pk, self.slug])


_COLUMNS = CardRow._fields[: CardRow._fields.index("topic_codes")]


def rows_of(
    user: Any, question: DirectoryQuery, start: int, end: int, *, answer: BitMap | None = None
) -> list[CardRow]:
    """Return the cards of entries `start` to `end` of those that answer, in the order of the question.

    `answer` are the numbers of all that answer, where they are known already.
    """
    if answer is None:
        answer = answer_to(user, question)
    if question.order == RELEVANCE:
        ids = _ranked_ids(question, answer)[start:end]
    elif len(answer) <= MOST_SORTED:
        ids = _sorted_ids(question.order, answer, start, end)
    else:
        ids = _walked_ids(question.order, answer, start, end)
    rows = {row.pk: row for row in card_rows(user, ids)}
    return [rows[pk] for pk in ids if pk in rows]


# --- Their order --------------------------------------------------------------------------------------
_ENTRIES = Stakeholder._meta.db_table
# Each order has an index that holds all of it, and the number of the entry: (onward, and from the last).
_ORDERS = {
    NAME: ("sort_key, id", "sort_key DESC, id DESC"),
    NEWEST: ("created_at DESC, id DESC", "created_at, id"),
    CONFIRMED: (
        "confirmed_at DESC NULLS LAST, sort_key, id",
        "confirmed_at NULLS FIRST, sort_key DESC, id DESC",
    ),
}
# As the conditions of the indexes have it, where they do not hold all.
_IS_SHOWN = f"""status IN ({", ".join(f"'{status}'" for status in sorted(Status.SHOWN))})
    AND listing IN ('{Listing.PUBLIC}', '{Listing.MEMBERS_STATES}', '{Listing.MEMBERS}')"""
_INDEXED = {NAME: _IS_SHOWN, NEWEST: "true", CONFIRMED: _IS_SHOWN}


def _ranked_ids(question: DirectoryQuery, answer: BitMap) -> list[int]:
    """Return those of the answer that its words find, as `ranked_ids` of `search` has them, best first.

    Many that words alone find are sooner found by these again than looked up one by one. Of too many only
    such as are called just so are asked for (`page_of`).
    """
    words = parse(question.q, question.missing)
    query, called = words.as_query(), words.called["tsv"]
    condition, values = "object_id = ANY(%s::bigint[])", [as_array(answer)]
    if len(answer) > MOST_RANKED or (len(answer) > MOST_SORTED and not question.facet_pairs()):
        condition, values = f"tsv @@ {query.sql}", query.params
    statement = f"""
        SELECT ARRAY(
            SELECT object_id FROM {Document._meta.db_table} WHERE kind = %s AND part = 0 AND {condition}
            ORDER BY ts_rank(tsv, {query.sql}) + CASE WHEN tsv @@ {called.sql} THEN 2 ELSE 0 END DESC,
                sort_key, id
        )
    """  # noqa: S608  names of our own
    [(ids,)] = fetch_rows(statement, [INDEXED, *values, *query.params, *called.params])
    return [pk for pk in ids if pk in answer]


def _sorted_ids(order: str, answer: BitMap, start: int, end: int) -> list[int]:
    statement = f"""
        SELECT id FROM {_ENTRIES} WHERE id = ANY(%s::bigint[]) ORDER BY {_ORDERS[order][0]} OFFSET %s LIMIT %s
    """  # noqa: S608  names of our own
    return [pk for (pk,) in fetch_rows(statement, [as_array(answer), start, end - start])]


def _walked_ids(order: str, answer: BitMap, start: int, end: int) -> list[int]:
    """Return the same as `_sorted_ids`, read from the nearer end of an index."""
    backward = 2 * start > len(answer)
    if backward:
        start, end = max(0, len(answer) - end), len(answer) - start
    bits = _bits_of(answer)
    statement = f"""
        SELECT id FROM {_ENTRIES} WHERE {_INDEXED[order]}
        AND CASE WHEN id < %s THEN get_bit(%s, id::int) = 1 ELSE false END
        ORDER BY {_ORDERS[order][backward]} OFFSET %s LIMIT %s
    """  # noqa: S608  names of our own
    ids = [pk for (pk,) in fetch_rows(statement, [8 * len(bits), bits, start, end - start])]
    return ids[::-1] if backward else ids


def _bits_of(numbers: BitMap) -> bytes:
    """Return a bit for each number from 0 on, as get_bit of PostgreSQL counts them."""
    length = numbers.max() // 8 + 1 if numbers else 1
    others = numbers.flip(0, 8 * length)
    # Whichever are fewer are written one by one.
    bits = bytearray(length) if len(numbers) < len(others) else bytearray(b"\xff" * length)
    for number in numbers if len(numbers) < len(others) else others:
        bits[number >> 3] ^= 1 << (number & 7)
    return bytes(bits)


# --- What their cards show ----------------------------------------------------------------------------


def card_rows(user: Any, ids: Sequence[int]) -> list[CardRow]:
    """Return the cards of those of the entries that the directory shows to `user`, in no order.

    Index and sets show nothing by themselves: each row is judged once more, as it is now. The statement is
    kept as text, which Django takes five times as long to write as PostgreSQL to answer; a test compares it
    with `cards`.
    """
    if not ids:
        return []
    offers, values = offers_statement(user)
    rows = [CardRow(*row) for row in fetch_rows(_CARDS.format(offers=offers), [*values, as_array(ids)])]
    listings = listings_seen(user)
    return [row for row in rows if _is_shown(user, row, listings)]


_TOPICS = Stakeholder.topics.through._meta.db_table
_CARDS = f"""
    SELECT {", ".join(f"entry.{column}" for column in ("id", *_COLUMNS[1:]))},
        ARRAY(SELECT topic_id FROM {_TOPICS} AS filed WHERE filed.stakeholder_id = entry.id),
        ARRAY(SELECT direction FROM ({{offers}}) AS offer WHERE offer.stakeholder_id = entry.id),
        (
            SELECT logo.id FROM {Logo._meta.db_table} AS logo
            WHERE logo.stakeholder_id = entry.id AND logo.status = '{Standing.SHOWN}'
        )
    FROM {_ENTRIES} AS entry WHERE entry.id = ANY(%s::bigint[])
"""  # noqa: S608  names of our own tables and columns


def _is_shown(user: Any, row: CardRow, listings: Collection[str]) -> bool:
    """Return whether the entry is among `shown_to(user)`, by the row that was read."""
    if row.status not in Status.SHOWN or row.listing not in listings:
        return False
    if row.listing == Listing.PUBLIC:
        return True
    entry = Stakeholder(pk=row.pk, status=row.status, listing=row.listing, country_id=row.country_id)
    return entry.is_found_by(user)


# --- For programs -------------------------------------------------------------------------------------


def rows_onward(user: Any, question: DirectoryQuery, after: int | None, number: int) -> list[Any]:
    """Return so many entries of those that answer, by their numbers from the one after `after` on."""
    rows = matching_entries(shown_to(user), user, question).order_by("pk")
    return list(cards(user, rows if after is None else rows.filter(pk__gt=after))[:number])


def cards(user: Any, rows: StakeholderQuerySet) -> StakeholderQuerySet:
    """Annotate and defer so that a row has what a card shows; reading anything more of it is an error."""
    through = Stakeholder.topics.through.objects.filter(stakeholder=OuterRef("pk"))
    offers = offers_seen(user).filter(stakeholder=OuterRef("pk"))
    rows = rows.annotate(
        topic_codes=ArraySubquery(through.values("topic_id")),
        directions=ArraySubquery(offers.values("direction")),
        logo_pk=shown_logo(),
    )
    return rows.only(*_COLUMNS).fetch_mode(models.FETCH_RAISE)
