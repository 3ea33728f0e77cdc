"""What the database must be able to do; asked whenever it is migrated, and at each start in production."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


@register(Tags.database)
def lowers_letters_of_all_scripts(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Under the locale "C" only Latin letters have a small form, and no error ever tells of it."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT lower('ÉЖ')")
            if cursor.fetchone()[0] != "éж":
                errors.append(
                    Error(
                        f"The database {alias!r} knows only Latin letters.",
                        hint="Make the cluster with: initdb --locale-provider=builtin "
                        "--builtin-locale=PG_UNICODE_FAST --locale=C.UTF-8 --encoding=UTF8",
                        id="core.E001",
                    )
                )
    return errors
