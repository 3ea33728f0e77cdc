"""The entries of one page of the directory, with what a card shows."""

from dataclasses import replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from pyroaring import BitMap

from core.database import reading_connection
from core.written_once import written_for_visitors
from search.facets import PER_PAGE, RELEVANCE
from search.queries import ranked_ids
from stakeholders.directory.queries import (
    CONFIRMED,
    INDEXED,
    NAME,
    NEWEST,
    ORDERS,
    DirectoryQuery,
    narrowed,
    offers_seen,
    shown_to,
)
from stakeholders.directory.queries_sets import holders
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder, StakeholderQuerySet
from stakeholders.exchange.models import today
from stakeholders.logos.queries import shown_logo

# From so many entries on that come before, no row of those is read to find a page, only an index.
DEEP = 200
_OF_A_CARD = (
    "kind",
    "status",
    "listing",
    "name",
    "name_latin",
    "acronym",
    "country_id",
    "city",
    "mission",
    "mission_language_id",
    "slug",
    "confirmed_at",
    "source_date",
)


def rows_of(user: Any, asked: DirectoryQuery, start: int, end: int, *, total: int | None = None) -> list[Any]:
    """Entries `start` to `end` of what was asked, in its order, with what a card shows.

    Where `total` is known, those in the second half are reached from the last.
    """
    everybody = shown_to(user)
    if asked.order == RELEVANCE:
        among = narrowed(everybody, user, replace(asked, q=""))
        ids = list(ranked_ids(user, asked.q, INDEXED, among, asked.missing)[start:end])
    elif start < DEEP:
        rows = narrowed(everybody, user, asked).order_by(*ORDERS[asked.order])
        return list(cards(user, rows)[start:end])
    else:
        ids = _deep_ids(user, asked, start, end, total)
    # The row is asked for once more under `visible_to`: neither index nor sets show anything by themselves.
    if not ids:
        return []
    nobody = range(-1, len(ids) - PER_PAGE - 1, -1)  # so that the statement has as many numbers each time
    there = {row.pk: row for row in _cards_of(user, *ids, *nobody)}
    return [there[pk] for pk in ids if pk in there]


@written_for_visitors(per=today)
def _cards_of(user: Any, *ids: int) -> StakeholderQuerySet:
    return cards(user, shown_to(user).filter(pk__in=ids))


def rows_onward(user: Any, asked: DirectoryQuery, after: int | None, number: int) -> list[Any]:
    """So many entries of what was asked, by their numbers from the one after `after` on."""
    rows = narrowed(shown_to(user), user, asked).order_by("pk")
    return list(cards(user, rows if after is None else rows.filter(pk__gt=after))[:number])


# Each has an index that holds all of it, and the number of the entry: (onward, and from the last).
_WALKED = {
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


def _deep_ids(user: Any, asked: DirectoryQuery, start: int, end: int, total: int | None) -> list[int]:
    answer = BitMap().union(*(some.answer(asked) for some in holders(user, asked)))
    backward = total is not None and 2 * start > total
    if total is not None and backward:
        start, end = max(0, total - end), total - start
    bits = _bits_of(answer)
    statement = f"""
        SELECT id FROM "{Stakeholder._meta.db_table}" WHERE {_INDEXED[asked.order]}
        AND CASE WHEN id < %s THEN get_bit(%s, id::int) = 1 ELSE false END
        ORDER BY {_WALKED[asked.order][backward]} OFFSET %s LIMIT %s
    """  # noqa: S608  names of our own
    with reading_connection().cursor() as cursor:
        cursor.execute(statement, [8 * len(bits), bits, start, end - start])
        ids = [pk for (pk,) in cursor.fetchall()]
    return ids[::-1] if backward else ids


def _bits_of(numbers: BitMap) -> bytes:
    """A bit for each number from 0 on, as PostgreSQL's get_bit counts them."""
    bits = bytearray(numbers.max() // 8 + 1 if numbers else 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return bytes(bits)


def cards(user: Any, rows: StakeholderQuerySet) -> StakeholderQuerySet:
    """Only what a card shows; asking a row for anything more is an error, not a slow page."""
    through = Stakeholder.topics.through.objects.filter(stakeholder=OuterRef("pk"))
    offers = offers_seen(user).filter(stakeholder=OuterRef("pk"))
    rows = rows.annotate(
        topic_codes=ArraySubquery(through.values("topic_id")),
        said=ArraySubquery(offers.values("direction")),
        logo_pk=shown_logo(),
    )
    return rows.only(*_OF_A_CARD).fetch_mode(models.FETCH_RAISE)
