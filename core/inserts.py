"""Rows of several models in one statement, where one after the other would be a round trip each."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

_waiting: ContextVar[list[tuple[str, Sequence[Any]]] | None] = ContextVar("_waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """What `insert` is given meanwhile is written at the end, in one statement; nothing of it after an error.

    Keys that somebody needs are given by `new_key` before.
    """
    if _waiting.get() is not None:
        yield
        return
    waiting: list[tuple[str, Sequence[Any]]] = []
    before = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(before)
    if not waiting:
        return
    *first, (last, _params) = waiting
    with_ = ", ".join(f"part_{number} AS ({sql})" for number, (sql, _its) in enumerate(first))
    params = [value for _sql, its in waiting for value in its]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {with_} {last}" if first else last, params)


def insert(rows: Sequence[models.Model], *, ignore_conflicts: bool = False) -> None:
    """Insert rows of one model: now, or with others at the end of `together`."""
    waiting = _waiting.get()
    if not rows:
        return
    if waiting is None:
        type(rows[0])._base_manager.bulk_create(rows, ignore_conflicts=ignore_conflicts)
        return
    fields = [
        field
        for field in rows[0]._meta.local_concrete_fields
        if not field.generated and (rows[0].pk is not None or not field.primary_key)
    ]
    query = InsertQuery(type(rows[0]), on_conflict=OnConflict.IGNORE if ignore_conflicts else None)
    query.insert_values(fields, list(rows))
    waiting += query.get_compiler(connection=connection).as_sql()
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
        for field in fields:
            # What the database computes is read where somebody looks at it.
            if hasattr(row.__dict__.get(field.attname), "resolve_expression"):
                del row.__dict__[field.attname]


def new_key(model: type[models.Model]) -> int:
    """The key of a row that is to be inserted."""
    names = [model._meta.db_table, model._meta.pk.column]
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", names)
        return int(cursor.fetchone()[0])
