"""The database's two roles as tests meet them: rows as the plain role, tables and privileges as the owner."""

import csv
import io
import re
import time
from collections.abc import Callable, Collection, Iterable
from functools import cache, partial
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any
from urllib.parse import quote

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpResponseBase
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook
from psycopg import sql

# A copy of each table that has rows when the first test begins.
INITIAL = "initial"

_owner: list[psycopg.Connection] = []
_marks: dict[str, tuple[int, int]] = {}
_flush_of_django = flush.Command.handle


def connect_as_plain_role() -> None:
    """From here on this process connects as production does; only `owner()` makes and empties tables."""
    _disconnect()
    connection.settings_dict.update({key: settings.PLAIN_ROLE[key] for key in ("USER", "PASSWORD")})
    # What Django calls at the end of each transactional test. It would truncate all tables, which the plain
    # role may not, and then look for every permission.
    flush.Command.handle = lambda _self, **_options: restore_tables()


def connect_as_owner() -> None:
    """Undo `connect_as_plain_role`: a test database is dropped by whoever made it."""
    _disconnect()
    connection.settings_dict.update(settings.OWNER_ROLE)
    flush.Command.handle = _flush_of_django


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


def copy_initial_tables() -> None:
    """Copy every table that has rows; `restore_tables` brings these rows back."""
    tables = sql.SQL("; ").join(
        sql.SQL("CREATE TABLE {} AS TABLE {}").format(sql.Identifier(INITIAL, table), sql.Identifier(table))
        for table in _tables_with_blocks()
    )
    run_as_owner([f"CREATE SCHEMA {INITIAL}", tables])


def remember_initial_tables() -> None:
    """Before the first test of a process: note how each table stands that has rows."""
    _marks.clear()
    _marks.update(_marks_of(tables_of(INITIAL)))


def restore_tables() -> None:
    """Give each table the rows that it had before the first test, and touch only those that were written.

    Whoever still works with a table is waited for. Which tables were written is asked of the tables, since
    not only this thread writes: a server's threads and other processes do. TRUNCATE would make a file for
    each table.
    """
    wait_for(_nobody_works)
    with owner().transaction():
        if _may_pass_over_rules():
            # No foreign keys, no rules of ours.
            owner().execute("SET LOCAL session_replication_role = replica")
            changed = {table for table, mark in _marks_of(_marks).items() if mark != _marks[table]}
            written = set(_tables_with_blocks()) - (_marks.keys() - changed)
            deletions = [sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in written]
            owner().execute(sql.SQL("; ").join(deletions), prepare=False)  # several cannot be prepared
        else:
            changed = set(_marks)
            tables = sql.SQL(", ").join(map(sql.Identifier, tables_of("public")))
            owner().execute(sql.SQL("TRUNCATE {}").format(tables))
        for table in changed:
            rows = sql.SQL("INSERT INTO {} OVERRIDING SYSTEM VALUE TABLE {}")
            owner().execute(rows.format(sql.Identifier(table), sql.Identifier(INITIAL, table)))
    if changed:
        _marks.update(_marks_of(changed))


def _nobody_works() -> bool:
    """Whether no other connection is in a transaction that has used one of our tables."""
    at_work = owner().execute(
        "SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE datname = current_database()"
        " AND usename IS NOT NULL AND pid <> pg_backend_pid()"  # without a name: vacuum
        " AND locktype = 'relation' AND relation >= 16384 LIMIT 1"  # below: PostgreSQL's own
    )
    return not at_work.fetchall()


def _tables_with_blocks() -> list[str]:
    """The tables that have, or had, rows: one that was never written takes no room."""
    tables = owner().execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        " AND pg_relation_size(oid) > 0"
    )
    return [table for (table,) in tables.fetchall()]


def _marks_of(tables: Iterable[str]) -> dict[str, tuple[int, int]]:
    """By table: how many rows it has, and which transaction wrote the newest. A change changes the pair."""
    mark = sql.SQL("SELECT {}, count(*), coalesce(max(xmin::text::bigint), 0) FROM {}")
    marks = sql.SQL(" UNION ALL ").join(
        mark.format(sql.Literal(table), sql.Identifier(table)) for table in tables
    )
    return {table: (count, newest) for table, count, newest in owner().execute(marks).fetchall()}


@cache
def _may_pass_over_rules() -> bool:
    """As on the server that `make test` starts; on a server of one's own perhaps not."""
    query = "SELECT has_parameter_privilege('session_replication_role', 'SET')"
    return owner().execute(query).fetchone() == (True,)


def tables_of(schema: str) -> list[str]:
    cursor = owner().execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
    return [table for (table,) in cursor.fetchall()]


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
        f"{naming_model._meta.label}.{field.name}": set(
            naming_model._base_manager.exclude(**{field.name: None}).values_list("pk", field.attname)
        )
        for naming_model in apps.get_models(include_auto_created=True)
        if naming_model._meta.app_label in labels or not labels
        for field in naming_model._meta.concrete_fields
        if field.is_relation and field.related_model is model
    }


def wait_for(condition, seconds=300):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := condition():
            return answer
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


def run_during(act: Callable[[], object], *others: Callable[[], object]) -> list[object]:
    """Run the others at once while the transaction of `act` is open, until each has ended or waits for it.

    Returns what each of the others returned or raised.
    """
    acted = Event()
    ended: list[object] = []

    def hold() -> None:
        with transaction.atomic():
            try:
                act()
            finally:
                acted.set()
            wait_for(lambda: len(ended) + waiting_for_locks() >= len(others))

    def follow(other: Callable[[], object]) -> object:
        acted.wait(300)
        try:
            return other()
        finally:
            ended.append(other)

    failed, *outcomes = run_together(hold, *(partial(follow, other) for other in others))
    if isinstance(failed, Exception):
        raise failed
    return outcomes


def waiting_for_locks() -> int:
    """How many connections of this database wait for what another holds."""
    waiting = owner().execute(
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE NOT granted AND datname = current_database()"
    )
    return int(waiting.fetchall()[0][0])


def statements_of(act: Callable[[], object]) -> int:
    """How many statements an act sends to the database. A page that it opens is there."""
    with CaptureQueriesContext(connection) as statements:
        answer = act()
    assert not isinstance(answer, HttpResponseBase) or answer.status_code == 200, answer
    return len(statements)


def assert_no_growth(act: Callable[[], object], add: Callable[[], object], *, is_once: bool = False) -> None:
    """Assert that the act takes as many statements with one row that `add` makes as with more.

    What it keeps for the next time is there before it is counted, unless it `is_once`: the act is then done
    with the rows.
    """
    counts = []
    for number in (1, 2):
        for _row in range(number):
            add()
        if not is_once:
            act()
        counts.append(statements_of(act))
    assert counts[0] == counts[1], counts


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


def markup_of(page: HttpResponseBase | str) -> str:
    """Return the HTML of a page in one line, without the line breaks beside tags, which no browser shows."""
    html = page if isinstance(page, str) else page.getvalue().decode()
    html = re.sub(r"(?<=>)[ \t]*\n\s*|\s*\n[ \t]*(?=<)", "", html)
    return re.sub(r"\s+", " ", html).replace(" >", ">")


def words_of(response: HttpResponseBase) -> str:
    """What a page says, without tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", text_of(response)).split())


def lines_of(response: HttpResponseBase) -> list[dict[str, str]]:
    """The rows of a CSV file or workbook, by their headings, as texts."""
    content = response.getvalue()
    if content.startswith(b"PK"):
        sheet_rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        heads, *rows = [["" if cell is None else str(cell) for cell in row] for row in sheet_rows]
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


def write_steps(browser, address, values):
    """Post the values to each step of a form from this address on; return the answer of the last post."""
    answer = browser.post(address, values)
    while answer.status_code == 302 and "/edit/" in (address := answer["Location"]):
        page = browser.get(address)
        version = page.context["form"]["version"].value()
        answer = browser.post(address, {**values, "version": version})
    return answer
