"""Conditions about related rows, written so that the database asks for them row by row."""

from collections.abc import Hashable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value


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
    if not querysets:
        return set()
    keys = list(querysets)
    # Of a DISTINCT that selects a constant PostgreSQL reads one row.
    numbers = [
        querysets[key].order_by().annotate(key_number=Value(number)).values_list("key_number").distinct()
        for number, key in enumerate(keys)
    ]
    return {keys[number] for (number,) in numbers[0].union(*numbers[1:], all=True).order_by()}
