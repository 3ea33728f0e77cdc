"""Invented people must never stand in a real portal: their passwords were printed on somebody's screen."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from accounts.people.models import User


@register(Tags.database)
def no_demonstration_account(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """One error where demonstration accounts exist though these settings do not allow them."""
    if settings.DEMO_ALLOWED:
        return []
    errors: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        with connection.cursor() as cursor:
            if User._meta.db_table not in connection.introspection.table_names(cursor):
                continue
        count = User.objects.using(alias).filter(is_demo=True).count()
        if count:
            errors.append(
                Error(
                    f"{count} demonstration accounts exist in the database {alias!r}.",
                    hint="Use a database without the demonstration, or delete these accounts.",
                    id="accounts.E001",
                )
            )
    return errors
