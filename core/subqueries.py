"""Conditions about related rows, written so that the database asks for them row by row."""

from collections.abc import Hashable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.query import EmptyQuerySet


def exists_in(rows: QuerySet[Any], name: str) -> Q:
    """Whether the row that `name` (a relation, or "pk") leads to is one of `rows`.

    What `name__in=rows` finds. Inside an OR PostgreSQL reads and hashes all rows of such an IN first, as
    everybody in the directory; of an EXISTS it looks up the few that are asked for.
    """
    return Q(Exists(rows.filter(pk=OuterRef(name))))


def non_empty[Key: Hashable](querysets: Mapping[Key, QuerySet[Any]]) -> set[Key]:
    """Return the keys of the querysets that find anything, by one query for all of them.

    For pages that ask for a lot of which mostly little is there. No queryset may be sliced.
    """
    keys = list(querysets)
    first_rows = [
        querysets[key].order_by().annotate(place=Value(place)).values_list("place", flat=True)[:1]
        for place, key in enumerate(keys)
        if not isinstance(querysets[key], EmptyQuerySet)
    ]
    if len(first_rows) > 1:
        first, *others = first_rows
        first_rows = [first.union(*others, all=True).order_by()]
    return {keys[place] for rows in first_rows for place in rows}
