"""The databases that tests use: one is filled, and each process of the run works on a copy of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from tests import support
from whatson.embedded.prepare import MIGRATIONS, REFERENCE, digest

LOCK = 7_406_432  # any number that nothing else on this server locks by
PREFIX = "whatson_filled_"
SOURCES = (
    *MIGRATIONS,
    *REFERENCE,
    "core/management/commands/*.py",
    "tests/conftest.py",
    "tests/databases.py",
    "tests/support.py",
)


@contextmanager
def own_database(fill: Callable[[], None]) -> Iterator[None]:
    """Let this process work on a database of its own, made by copying the filled one; dropped at the end."""
    name = connection.creation._get_test_db_name()
    filled = PREFIX + digest(SOURCES)[:16]
    with _server() as server:
        # Whoever comes first fills it; the others wait and copy.
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        names = [row[0] for row in server.execute("SELECT datname FROM pg_database").fetchall()]
        if filled not in names:
            drop_databases(
                server,
                *(database_name for database_name in names if database_name.startswith(PREFIX)),
                f"unfinished_{filled}",
            )
            _make(server, f"unfinished_{filled}", fill)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            server.execute(rename.format(sql.Identifier(f"unfinished_{filled}"), sql.Identifier(filled)))
        drop_databases(server, name)
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(filled))
        server.execute(copy)
    support.change_database(name)
    _grant()  # who may enter a database is not copied with it
    support.connect_as_plain_role()
    support.remember_initial_tables()
    yield
    support.connect_as_owner()
    with _server() as server:
        drop_databases(server, name)


def _make(server: psycopg.Connection, name: str, fill: Callable[[], None]) -> None:
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    support.change_database(name)
    call_command("migrate", verbosity=0, interactive=False)
    _grant()
    support.connect_as_plain_role()
    fill()
    support.copy_initial_tables()
    support.connect_as_owner()


def _grant() -> None:
    call_command("grant_app_role", role=settings.PLAIN_ROLE["USER"], stdout=StringIO())


def drop_databases(server: psycopg.Connection, *names: str) -> None:
    """Drop the databases of these names that exist, whoever is still connected to them.

    WITH (FORCE) would be refused while autovacuum, the superuser's, works in one; a plain DROP ends it.
    """
    for name in names:
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [name],
        )
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    at = connection.settings_dict | settings.OWNER_ROLE
    address = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"]}
    with psycopg.connect(**address, dbname="postgres", autocommit=True) as server:
        yield server
