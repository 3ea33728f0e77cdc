"""Which server answers: the primary, or its replica while a visitor's page is made.

Queries of the ORM ask `Router`; a statement that is written out takes `reading_connection()`. So all that a
page shows comes from one server.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

REPLICA = "replica"
_alias: ContextVar[str] = ContextVar("alias", default=DEFAULT_DB_ALIAS)


def reads_replica() -> bool:
    return _alias.get() == REPLICA


def reading_connection() -> BaseDatabaseWrapper:
    """Return the connection by which the ORM would read now, for a statement that only reads.

    `django.db.connection` is always the primary's: by it an old row of the replica could be shown, or kept,
    beside a new version of the primary.
    """
    return connections[_alias.get()]


def fetch_rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement that is kept as text, from where the ORM would read them now."""
    with reading_connection().cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@contextmanager
def on_replica() -> Iterator[None]:
    """Read from the replica what is asked inside."""
    token = _alias.set(REPLICA)
    try:
        yield
    finally:
        _alias.reset(token)


@contextmanager
def on_primary() -> Iterator[None]:
    """Read from the primary, as for what is kept under a version of the shared cache.

    The replica may be older than that version.
    """
    token = _alias.set(DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        _alias.reset(token)


class Router:
    """Routes the ORM, where there is a replica."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _alias.get()

    # Not the primary: what is written could rest on a row that the primary no longer has. The replica refuses
    # to write, and the page is made again by the primary alone (`core.replica.ReplicaMiddleware`).
    db_for_write = db_for_read

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """The replica's tables are the primary's: no command makes them, or looks whether they are there."""
        return False if db == REPLICA else None
