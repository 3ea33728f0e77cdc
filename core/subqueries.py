"""Conditions about related rows, written so that the database asks for them row by row."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet


def exists_in(rows: QuerySet[Any], name: str) -> Q:
    """Whether the row that `name` (a relation, or "pk") leads to is one of `rows`.

    What `name__in=rows` finds. Inside an OR PostgreSQL reads and hashes all rows of such an IN first, as
    everybody in the directory; of an EXISTS it looks up the few that are asked for.
    """
    return Q(Exists(rows.filter(pk=OuterRef(name))))
