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


@register(Tags.database, deploy=True)
def is_not_the_owner(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The portal runs as the plain role: whoever owns the tables could change them, and rewrite the audit.

    Asked at each start in production and by `check --deploy`; not by `migrate`, which must own them.
    """
    errors: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT current_user, EXISTS (SELECT FROM pg_class WHERE relkind = 'r'"
                " AND relnamespace = 'public'::regnamespace AND pg_has_role(relowner, 'USAGE'))"
            )
            role, owns = cursor.fetchone()
        if owns:
            errors.append(
                Error(
                    f"DATABASE_URL connects as {role}, who owns the tables.",
                    hint="Name the plain role there; only `migrate` connects as the owner.",
                    id="core.E002",
                )
            )
    return errors
