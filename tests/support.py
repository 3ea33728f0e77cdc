"""The database's two roles as tests meet them: rows as the plain role, tables and privileges as the owner."""

import csv
import io
import re
import time
from collections.abc import Callable, Collection, Iterable
from functools import cache
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from urllib.parse import quote

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models import Model
from django.http import HttpResponseBase
from openpyxl import Workbook, load_workbook
from psycopg import sql

CONSTANT = ("django_migrations", "django_content_type", "auth_permission")

_owner: list[psycopg.Connection] = []


def connect_as_plain_role() -> None:
    """From here on this process connects as production does; only `owner()` makes and empties tables."""
    _disconnect()
    connection.settings_dict.update({key: settings.PLAIN_ROLE[key] for key in ("USER", "PASSWORD")})
    # At the end of each transactional test Django empties all tables, which the plain role may not. Of the
    # class: beside a browser's event loop the same thread has a connection of its own.
    DatabaseOperations.execute_sql_flush = lambda _self, statements: empty_tables(statements)


def connect_as_owner() -> None:
    """Undo `connect_as_plain_role`: a test database is dropped by whoever made it."""
    _disconnect()
    connection.settings_dict.update(settings.OWNER_ROLE)
    del DatabaseOperations.execute_sql_flush


def change_database(name: str) -> None:
    """Let this process use another database of the same server, and leave the one that it used."""
    _disconnect()
    connection.settings_dict["NAME"] = name


def _disconnect() -> None:
    connection.close()
    connection.close_pool()
    while _owner:
        _owner.pop().close()


def owner() -> psycopg.Connection:
    """A connection of the owner's to the test database: each statement is a transaction of its own."""
    if not _owner:
        address = _address(settings.OWNER_ROLE["USER"], settings.OWNER_ROLE["PASSWORD"])
        _owner.append(psycopg.connect(address, autocommit=True))
    return _owner[0]


def run_as_owner(statements: list[Any]) -> None:
    with owner().transaction():
        for statement in statements:
            owner().execute(statement)


def empty_tables(statements: list[str]) -> None:
    """What Django's flush does by `statements`, in a tenth of its time: TRUNCATE makes a file for each table.

    Whoever still uses a table is waited for, as TRUNCATE would. Kinds of content stay as they are.
    """
    if not _may_pass_over_rules():
        run_as_owner(statements)
        return
    tables = [table for table in tables_of("public") if table not in CONSTANT]
    with owner().transaction():
        every = sql.SQL(", ").join(map(sql.Identifier, tables))
        owner().execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(every))
        filled = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(
                sql.Literal(table), sql.Identifier(table)
            )
            for table in tables
        )
        names = [name for (name,) in owner().execute(filled).fetchall()]
        owner().execute("SET LOCAL session_replication_role = replica")  # no foreign keys, no rules of ours
        for name in names:
            owner().execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))


@cache
def _may_pass_over_rules() -> bool:
    """As on the server that `make test` starts; on a server of one's own perhaps not."""
    asked = "SELECT has_parameter_privilege('session_replication_role', 'SET')"
    return owner().execute(asked).fetchone() == (True,)


def tables_of(schema: str) -> list[str]:
    found = owner().execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
    return [table for (table,) in found.fetchall()]


def database_url(*, owner: bool = False) -> str:
    """Where another process reaches the tests' own database, as the plain role or as the owner."""
    role = settings.OWNER_ROLE if owner else settings.PLAIN_ROLE
    return _address(role["USER"], role["PASSWORD"])


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


def rows_naming(model: type[Model], *labels: str) -> dict[str, set[tuple[Any, Any]]]:
    """By relation: the rows that name a row of the model, each with that row's key."""
    return {
        f"{one._meta.label}.{field.name}": set(
            one._base_manager.exclude(**{field.name: None}).values_list("pk", field.attname)
        )
        for one in apps.get_models(include_auto_created=True)
        if one._meta.app_label in labels or not labels
        for field in one._meta.concrete_fields
        if field.is_relation and field.related_model is model
    }


def wait_for(what, seconds=300):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("It did not happen in time.")


def run_together(*acts: Callable[[], object]) -> list[object]:
    """Run all acts at once, each with a connection of its own; returns what each returned or raised."""
    gate, outcomes = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait(300)
        try:
            outcomes[place] = act()
        except Exception as raised:  # noqa: BLE001  the test looks at it
            outcomes[place] = raised
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return outcomes


def together(*acts: Callable[[], object]) -> list[Exception | None]:
    """Run all acts at once; returns what each raised, or None."""
    return [outcome if isinstance(outcome, Exception) else None for outcome in run_together(*acts)]


def refused_and_each(
    everybody: Iterable[str | None], allowed: Collection[str | None]
) -> list[tuple[Any, ...]]:
    """Return groups of people for parametrize: all who are refused, then each of the others alone.

    A refusal changes nothing, so one setup serves all of them.
    """
    everybody = tuple(everybody)
    return [
        tuple(who for who in everybody if who not in allowed),
        *((who,) for who in everybody if who in allowed),
    ]


def text_of(response: HttpResponseBase) -> str:
    """What a page consists of, with single spaces."""
    return " ".join(response.getvalue().decode().split())


def words_of(response: HttpResponseBase) -> str:
    """What a page says, without tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", text_of(response)).split())


def lines_of(response: HttpResponseBase) -> list[dict[str, str]]:
    """The rows of a CSV file or workbook, by their headings, as texts."""
    content = response.getvalue()
    if content.startswith(b"PK"):
        found = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        heads, *rows = [["" if cell is None else str(cell) for cell in row] for row in found]
    else:
        heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [dict(zip(heads, row, strict=True)) for row in rows]


def bytes_of(book: Workbook) -> bytes:
    """A workbook as a file."""
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


# --- Pages of the documentation ----------------------------------------------------------------------

MARKDOWN_CODE = re.compile(r"```.*?```", re.DOTALL)


def anchors(page: Path) -> set[str]:
    """Of its headings, as GitHub and GitLab make them."""
    heads = re.findall(r"^#+ (.*)$", MARKDOWN_CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}
