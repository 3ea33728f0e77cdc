"""The numbers beside the choices of the library's filters.

One statement reads each resource that matches the words once and notes which of the chosen facets it misses.
A resource that misses none is counted everywhere. One that misses a single facet is counted beside the
choices of that facet, since these ignore what was chosen of their own facet. Where all codes of a facet must
hold, one more code narrows the list, so only resources that miss nothing are counted there. What a filter
excludes is never counted.

Counts without words are cached under the version of the library. Counts with words are not, since new
passages may join the index at any moment.
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

CACHE_SECONDS = 600
# Publishers are free text: at most so many are offered, those with the most resources.
MOST_PUBLISHERS = 200


class Counts:
    """The counts for what one reader may see, cached under a `version` of the library."""

    def __init__(self, user: Any, version: str) -> None:
        self.user = user
        self._cache_prefix = f"library:numbers:{version}:{'+'.join(audiences_of(user))}"

    def facets(self, question: LibraryQuery) -> FacetCounts:
        """Return the total and the numbers beside all choices."""
        if question.q:
            return _count_facets(self.user, question)
        canonical = replace(question, sort="").query()
        key = f"{self._cache_prefix}:{sha256(canonical.encode()).hexdigest()}"
        counted: FacetCounts | None = cache.get(key)
        if counted is None:
            counted = _count_facets(self.user, question)
            cache.set(key, counted, CACHE_SECONDS)
        return counted

    def total(self, question: LibraryQuery) -> int:
        """Return how many resources match."""
        return self.facets(question).total


def _count_facets(user: Any, question: LibraryQuery) -> FacetCounts:
    bits = {name: 1 << position for position, name in enumerate(CODES) if question.codes(name)}
    counted = FacetCounts()
    try:
        statement, params = _statement(user, question, bits)
    except EmptyResultSet:  # nothing that was typed is a word
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
    misses = [
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
    rows = rows.annotate(missed_bits=reduce(add, misses) if misses else Value(0, IntegerField()))
    matching_sql, params = rows.values_list(
        "pk", "kind", "published_on__year", "publisher", "missed_bits"
    ).query.sql_with_params()
    columns = "id, kind, year, publisher, misses"
    parts = ["SELECT NULL, NULL, misses, count(*) FROM matching GROUP BY misses"]
    where = "WHERE coalesce(misses = ANY(%s), false)" if bits else ""
    params = (*params, [0, *bits.values()]) if bits else params
    for name in (*SINGLE, *LINKED):
        bit = 0 if question.needs_every(name) else bits.get(name, 0)
        if name in SINGLE:
            column = f"{name}::text"
            source = f"matching {where or 'WHERE true'} AND {name} IS NOT NULL AND {column} <> ''"
            params = (*params, name, *([[0, bit]] if bits else ()))
            limit = f" ORDER BY count(*) DESC LIMIT {MOST_PUBLISHERS}" if name == "publisher" else ""
            parts.append(f"(SELECT %s, {column}, NULL, count(*) FROM {source} GROUP BY {column}{limit})")  # noqa: S608  names of our own
        else:
            links, link_params = links_of(name, question.codes(name)).query.sql_with_params()
            params = (*params, name, *link_params, *([[0, bit]] if bits else ()))
            parts.append(
                f"SELECT %s, code, NULL, count(*) FROM ({links}) AS link (entry, code) "  # noqa: S608  as above
                f"JOIN matching ON entry = matching.id {where} GROUP BY code"
            )
    union = " UNION ALL ".join(parts)
    return (
        f"WITH matching ({columns}) AS MATERIALIZED "  # noqa: S608  a queryset's own statement, parameters apart
        f"(SELECT * FROM ({matching_sql}) AS entry ({columns}) {where}) {union}",
        params,
    )
