"""Many values in one statement."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from core.database import reading_connection


def any_of(values: Collection[int] | Collection[str]) -> RawSQL | tuple[()]:
    """For `…__in` of some thousand whole numbers or texts: one parameter, where a list is one for each.

    The driver writes every parameter into the statement by itself, which for thousands takes longer than the
    query.
    """
    if not values:
        return ()
    if any(isinstance(value, str) for value in values):
        return RawSQL("SELECT unnest(%s::text[])", [list(values)])
    return RawSQL("SELECT unnest(%s::bigint[])", [as_array(values)])


def as_array(numbers: Iterable[int | str]) -> str:
    """Whole numbers for `%s::bigint[]` as one text: of a list the driver would write each by itself."""
    return f"{{{','.join(map(str, numbers))}}}"


def union_of(parts: Iterable[tuple[str, QuerySet[Any, Any]]]) -> list[tuple[Any, ...]]:
    """The rows of several querysets in one statement, where making Django's own union would take longer.

    Each part: (SQL around it, with `{rows}` for its rows as a table; a queryset of `values_list`). All parts
    give columns of the same number and kinds. What can find nothing is left out.
    """
    statements: list[str] = []
    values: list[Any] = []
    for around, rows in parts:
        try:
            sql, params = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        statements.append("(" + around.replace("{rows}", f"({sql})") + ")")
        values += params
    if not statements:
        return []
    with reading_connection().cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        return cursor.fetchall()
