"""How many are behind each choice of the library, before it is made.

One statement reads every resource that the words find once, notes which of the facets asked for it misses,
and counts: a resource that misses none counts everywhere, one that misses a single facet counts beside the
choices of that facet, since those leave their own choice out of account. Where all codes of a facet must
hold, one more narrows, and so only what misses nothing counts. What is left out is out of every number.

Numbers of questions without words are kept under the version of the library; with words, passages may join
the index at any moment.
"""

from dataclasses import replace
from functools import reduce
from hashlib import sha256
from operator import add
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import Case, IntegerField, Value, When

from core.database import reading_connection
from resources.library.queries import (
    CODES,
    LINKED,
    SINGLE,
    LibraryQuery,
    audiences_of,
    facet_condition,
    links_of,
    readable_resources,
    with_words,
    without_left_out,
)
from search.facets import FacetCounts

KEPT_SECONDS = 600
# Of publishers, which anybody may name: as many as a reader looks through.
MOST_PUBLISHERS = 200


class Counts:
    """The numbers for one reader, at one version of the library."""

    def __init__(self, user: Any, version: str) -> None:
        self.user = user
        self._kept_under = f"library:numbers:{version}:{'+'.join(audiences_of(user))}"

    def facets(self, question: LibraryQuery) -> FacetCounts:
        if question.q:
            return _count_facets(self.user, question)
        canonical = replace(question, sort="").query()
        key = f"{self._kept_under}:{sha256(canonical.encode()).hexdigest()}"
        counted: FacetCounts | None = cache.get(key)
        if counted is None:
            counted = _count_facets(self.user, question)
            cache.set(key, counted, KEPT_SECONDS)
        return counted

    def total(self, question: LibraryQuery) -> int:
        return self.facets(question).total


def _count_facets(user: Any, question: LibraryQuery) -> FacetCounts:
    bits = {name: 1 << at for at, name in enumerate(CODES) if question.codes(name)}
    counted = FacetCounts()
    try:
        statement, params = _statement(user, question, bits)
    except EmptyResultSet:  # what was typed holds no word
        return counted
    with reading_connection().cursor() as cursor:
        cursor.execute(statement, params)
        for name, code, misses, number in cursor.fetchall():
            if name is not None:
                counted.beside[name][str(code)] = number
                continue
            counted.total += 0 if misses else number
            for facet, bit in bits.items():
                counted.without[facet] += number if misses in (0, bit) else 0
    return counted


def _statement(user: Any, question: LibraryQuery, bits: dict[str, int]) -> tuple[str, tuple[Any, ...]]:
    """Return SQL for all counts: (facet, code, NULL, number), and (NULL, NULL, misses, number) for totals."""
    missed = [
        Case(
            When(
                facet_condition(name, question.codes(name), every=question.needs_every(name)), then=Value(0)
            ),
            default=Value(bit),
        )
        for name, bit in bits.items()
    ]
    rows = with_words(
        without_left_out(readable_resources(user), question), user, question.q, question.missing
    ).order_by()
    rows = rows.annotate(its_misses=reduce(add, missed) if missed else Value(0, IntegerField()))
    found_sql, params = rows.values_list(
        "pk", "kind", "published_on__year", "publisher", "its_misses"
    ).query.sql_with_params()
    columns = "id, kind, year, publisher, misses"
    parts = ["SELECT NULL, NULL, misses, count(*) FROM found GROUP BY misses"]
    only = "WHERE coalesce(misses = ANY(%s), false)" if bits else ""
    params = (*params, [0, *bits.values()]) if bits else params
    for name in (*SINGLE, *LINKED):
        bit = 0 if question.needs_every(name) else bits.get(name, 0)
        if name in SINGLE:
            column = f"{name}::text"
            among = f"found {only or 'WHERE true'} AND {name} IS NOT NULL AND {column} <> ''"
            params = (*params, name, *([[0, bit]] if bits else ()))
            few = f" ORDER BY count(*) DESC LIMIT {MOST_PUBLISHERS}" if name == "publisher" else ""
            parts.append(f"(SELECT %s, {column}, NULL, count(*) FROM {among} GROUP BY {column}{few})")  # noqa: S608  names of our own
        else:
            links, more = links_of(name, question.codes(name)).query.sql_with_params()
            params = (*params, name, *more, *([[0, bit]] if bits else ()))
            parts.append(
                f"SELECT %s, code, NULL, count(*) FROM ({links}) AS link (entry, code) "  # noqa: S608  as above
                f"JOIN found ON entry = found.id {only} GROUP BY code"
            )
    union = " UNION ALL ".join(parts)
    return (
        f"WITH found ({columns}) AS MATERIALIZED "  # noqa: S608  a queryset's own statement, parameters apart
        f"(SELECT * FROM ({found_sql}) AS entry ({columns}) {only}) {union}",
        params,
    )
