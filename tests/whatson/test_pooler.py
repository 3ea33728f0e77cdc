"""Behind PgBouncer in transaction mode: two connections serve many, and none meets what another left."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, get_ident

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client
from django.urls import reverse

from core import startup_checks
from core.apps import own_apps
from events.registrations.models import Registration
from notifications.delivery.run import sweep
from notifications.outbox.models import Message
from stakeholders.entries.models import Stakeholder
from tests import servers
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.registrations import RulesFactory
from tests.factories.stakeholders import StakeholderFactory
from whatson.embedded import places, postgres
from whatson.embedded.processes import Keeper
from whatson.settings.env import database

PEOPLE, SEATS, CONNECTIONS = 8, 5, 2
ALIAS = "pooled"

# What a session of the database remembers, and another who gets it from a pooler would find.
OF_A_SESSION = re.compile(
    r"pg_(?:try_)?advisory_lock|\bLISTEN |\bUNLISTEN|\bPREPARE |CREATE TEMP|set_config\([^)]*false\)"
    r"|execute\(f?\"SET (?!LOCAL|TRANSACTION)"
    r"|currval\(|lastval\(|\.cursor\(name="
)


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('cursor.execute("SELECT pg_advisory_lock(1)")', True),
        ('cursor.execute("SET work_mem = 1")', True),
        ("SELECT set_config('a.b', %s, false)", True),
        ('cursor.execute("SELECT pg_advisory_xact_lock(1)")', False),
        ('cursor.execute("SET LOCAL work_mem = 1")', False),
        ("SELECT set_config('a.b', %s, true)", False),
    ],
)
def test_what_would_be_found(code, is_found):
    assert bool(OF_A_SESSION.search(code)) is is_found


def test_nothing_is_left_in_a_session_of_the_database():
    violations = [
        f"{path.relative_to(settings.BASE_DIR)}: {match[0]}"
        for config in own_apps()
        for path in sorted(Path(config.path).rglob("*.py"))
        if "migrations" not in path.parts
        for match in OF_A_SESSION.finditer(path.read_text(encoding="utf-8"))
    ]
    assert violations == []


@pytest.fixture
def port():
    """PgBouncer before the tests' own database."""
    if servers.PGBOUNCER is None:
        pytest.skip("pgbouncer is not installed here: apt-get install pgbouncer")
    socket = connection.settings_dict["HOST"]
    if not socket.startswith("/"):
        pytest.skip("The database of DATABASE_URL is not reached by a socket of our own.")
    with Keeper() as keeper, places.throwaway() as data:
        yield servers.pooler(keeper, data.path, Path(socket), size=CONNECTIONS)


@pytest.fixture
def pooled(port, monkeypatch):
    """run(act, count): `act(number)` in so many threads at once, whose database is behind the pooler."""
    monkeypatch.setenv("DATABASE_POOLER", "transaction")
    monkeypatch.setenv("DATABASE_POOL_MAX", str(PEOPLE))
    ours = connection.settings_dict
    behind = ours | database(servers.address(port, ours["NAME"], postgres.APP))
    gate = Barrier(PEOPLE)

    def act_behind(act, number):
        connections["default"] = connections[ALIAS] = DatabaseWrapper(behind, ALIAS)
        try:
            gate.wait(60)
            return act(number)
        finally:
            connections["default"].close()
            del connections["default"], connections[ALIAS]

    def run(act):
        with ThreadPoolExecutor(PEOPLE) as threads:
            return list(threads.map(lambda number: act_behind(act, number), range(PEOPLE)))

    yield run
    DatabaseWrapper(behind, ALIAS).close_pool()


def rows(port, command):
    """What PgBouncer answers a command of its own, for which it speaks the simple protocol alone."""
    with psycopg.connect(
        servers.address(port, "pgbouncer"), autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as admin:
        cursor = admin.execute(command)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_eight_people_share_two_connections(port, pooled, reference, settings):
    rules = RulesFactory(seats_in_person=SEATS)
    people = [UserFactory() for _person in range(PEOPLE)]
    for number in range(PEOPLE):
        StakeholderFactory(name=f"River Watch {number}")
    register = reverse("events:register", args=[rules.event.pk, rules.event.slug])
    name = connection.settings_dict["NAME"]
    sessions = []

    def journey(number):
        client = Client()
        typed = {"login": people[number].email, "password": PASSWORD}
        answers = [
            client.get("/en/"),
            client.get("/en/stakeholders/?q=river+watc"),
            client.get("/en/search/?q=river"),
            client.post(reverse("account_login"), typed),
            client.get(reverse("portal:me")),
            client.post(register, {"shown": "nobody", "agreed": "on", "mode": "in_person"}),
        ]
        # Read in pieces, with others in between: a cursor of the server's would be in a connection of theirs.
        names = [
            stakeholder.name for stakeholder in Stakeholder.objects.order_by("name").iterator(chunk_size=2)
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('whatson.who', %s, true), pg_sleep(0.05)", [str(get_ident())])
            cursor.execute("SELECT current_setting('whatson.who')")
            (who,) = cursor.fetchone()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('whatson.who', true), current_user")
            sessions.append(cursor.fetchone())
        return [answer.status_code for answer in answers], len(names), who == str(get_ident())

    for statuses, names, alone in pooled(journey):
        assert statuses == [200, 200, 200, 302, 200, 302]
        assert names == PEOPLE
        assert alone
    assert {role for _who, role in sessions} == {postgres.APP}
    assert {who for who, _role in sessions} <= {"", None}  # what a transaction set is gone with it
    assert Counter(Registration.objects.values_list("status", flat=True)) == {
        "confirmed": SEATS,
        "waiting": PEOPLE - SEATS,
    }
    # Workers claim mail side by side, each message once.
    before = Message.objects.count()
    pooled(lambda _number: sweep())
    assert Message.objects.filter(status="sent").count() == before > 0

    used = [server for server in rows(port, "SHOW SERVERS") if server["database"] == name]
    assert 0 < len(used) <= CONNECTIONS
    [stats] = [server for server in rows(port, "SHOW STATS_TOTALS") if server["database"] == name]
    assert stats["xact_count"] > 20 * PEOPLE


def test_behind_a_pooler_no_cursor_and_no_option_is_asked_of_the_server(monkeypatch):
    monkeypatch.setenv("DATABASE_POOLER", "transaction")
    options = database("postgres://whatson@127.0.0.1:6432/whatson")
    assert options["DISABLE_SERVER_SIDE_CURSORS"] is True
    wrapper = DatabaseWrapper(connection.settings_dict | options, ALIAS)
    assert wrapper.get_connection_params()["prepare_threshold"] is None
    monkeypatch.setattr(startup_checks.connections, "settings", {"default": options})
    startup_checks.limit_statements(20)
    assert "options" not in options["OPTIONS"]
    monkeypatch.setenv("DATABASE_POOLER", "session")
    with pytest.raises(ValueError, match="DATABASE_POOLER"):
        database("postgres://whatson@127.0.0.1:6432/whatson")
