"""A database whose locale knows only Latin letters finds nothing in the other scripts, without any error."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import OperationalError, connections

SAMPLES = {"Cyrillic": "Суд", "Arabic": "قانون", "Han": "大学"}


def database_knows_every_script(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error for each script whose letters the trigram extension does not see."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        for script, sample in SAMPLES.items():
            if trigrams_of(sample, alias) == []:
                errors.append(
                    Error(
                        f"The database {alias!r} sees no letters in {script} text.",
                        hint="Make the cluster with --locale-provider=builtin "
                        "--builtin-locale=PG_UNICODE_FAST --locale=C.UTF-8 (docs/operations/host.md).",
                        id="search.E001",
                    )
                )
    return errors


def trigrams_of(sample: str, alias: str = "default") -> list[str] | None:
    """Return what pg_trgm makes of a word, or None without the extension or the server."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
            if cursor.fetchone() is None:
                return None
            cursor.execute("SELECT show_trgm(%s)", [sample])
            return list(cursor.fetchone()[0])
    except OperationalError:
        return None
