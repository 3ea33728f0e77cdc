"""Many values in one statement."""

from collections.abc import Collection

from django.db.models.expressions import RawSQL


def any_of(values: Collection[int] | Collection[str]) -> RawSQL | tuple[()]:
    """For `…__in` of some thousand whole numbers or texts: one parameter, where a list is one for each.

    The driver writes every parameter into the statement by itself, which for thousands takes longer than the
    query.
    """
    if not values:
        return ()
    kind = "text" if any(isinstance(one, str) for one in values) else "bigint"
    return RawSQL(f"SELECT unnest(%s::{kind}[])", [list(values)])  # noqa: S611  the value is a parameter
