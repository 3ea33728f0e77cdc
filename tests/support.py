"""The database's two roles as tests meet them: rows as the plain role, tables and privileges as the owner."""

from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql

_owners: dict[str, psycopg.Connection] = {}


def connect_as_plain_role() -> None:
    """From here on this process connects as production does; only `owner()` makes and empties tables."""
    connection.close()
    connection.close_pool()
    connection.settings_dict.update({key: settings.PLAIN_ROLE[key] for key in ("USER", "PASSWORD")})
    # At the end of each transactional test Django empties all tables, which the plain role may not. Of the
    # class: beside a browser's event loop the same thread has a connection of its own.
    DatabaseOperations.execute_sql_flush = lambda _self, statements: run_as_owner(statements)


def connect_as_owner() -> None:
    """Undo `connect_as_plain_role`: a test database is dropped by whoever made it."""
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(settings.OWNER_ROLE)
    del DatabaseOperations.execute_sql_flush
    for one in _owners.values():
        one.close()
    _owners.clear()


def owner() -> psycopg.Connection:
    """A connection of the owner's to the test database: each statement is a transaction of its own."""
    at = connection.settings_dict
    if at["NAME"] not in _owners:
        _owners[at["NAME"]] = psycopg.connect(
            _address(settings.OWNER_ROLE["USER"], settings.OWNER_ROLE["PASSWORD"]), autocommit=True
        )
    return _owners[at["NAME"]]


def run_as_owner(statements: list[Any]) -> None:
    with owner().transaction():
        for statement in statements:
            owner().execute(statement)


def run_as_owner_alone(statement: str) -> None:
    """For what PostgreSQL does in no transaction."""
    owner().execute(statement)


def change_database(name: str) -> None:
    """Let this process use another database of the same server, and leave the one that it used."""
    connection.close()
    connection.close_pool()
    for one in _owners.values():
        one.close()
    _owners.clear()
    connection.settings_dict["NAME"] = name


def database_url() -> str:
    """Where another process reaches the tests' own database, as the plain role."""
    at = connection.settings_dict
    return _address(at["USER"], at["PASSWORD"])


def _address(user: str, password: str) -> str:
    at = connection.settings_dict
    secret = f":{quote(password, safe='')}" if password else ""
    return f"postgres://{user}{secret}@{quote(at['HOST'], safe='')}:{at['PORT'] or 5432}/{at['NAME']}"


def grant(table: str) -> None:
    """Give the plain role a table that a test made as the owner."""
    owner().execute(
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}").format(
            sql.Identifier(table), sql.Identifier(settings.PLAIN_ROLE["USER"])
        )
    )
