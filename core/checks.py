"""What the database must be able to do; asked whenever it is migrated, and at each start in production."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


@register(Tags.database)
def letters_of_all_scripts(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """With another locale, a search for a Russian or Arabic word finds nothing, and no error tells of it."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT lower('ÉЖ') = 'éж'")
            lowers = cursor.fetchone()[0]
            cursor.execute("SELECT to_regproc('show_trgm') IS NOT NULL")
            splits = True
            if cursor.fetchone()[0]:  # before the first migration the extension is not there yet
                cursor.execute(
                    "SELECT bool_and(cardinality(show_trgm(word)) > 0) FROM unnest(%s) word",
                    [["Суд", "محكمة", "法院"]],
                )
                splits = cursor.fetchone()[0]
        if not (lowers and splits):
            errors.append(
                Error(
                    f"The database {alias!r} does not know the letters of all scripts: most searches find nothing.",
                    hint="Make the cluster with: initdb --locale-provider=builtin "
                    "--builtin-locale=PG_UNICODE_FAST --locale=C.UTF-8 --encoding=UTF8",
                    id="core.E001",
                )
            )
    return errors
