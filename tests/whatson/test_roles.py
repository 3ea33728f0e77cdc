"""The plain role of the application, and the checks of the database at each start."""

import os
import re
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.checks import no_demonstration_account
from accounts.models import User
from core import starting
from core.checks import lowers_letters_of_all_scripts
from core.management.commands.grant_app_role import privileges

ROLE = "whatson_app_of_a_test"


@pytest.fixture
def plain_role(db):
    """A role that exists for one test; skipped where the tests may not make roles."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {ROLE}")
            cursor.execute(f"GRANT {ROLE} TO current_user")
    except DatabaseError:
        pytest.skip("This database user may not make roles.")
    call_command("grant_app_role", role=ROLE)
    return ROLE


@pytest.fixture
def beside(transactional_db) -> Iterator[psycopg.Connection]:
    """A second connection, as a plain role that has its rights already."""
    role = f"{ROLE}_{os.getpid()}"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {role}")
            cursor.execute(f"GRANT {role} TO current_user")
    except DatabaseError:
        pytest.skip("This database user may not make roles.")
    try:
        call_command("grant_app_role", role=role)
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as second:
            second.execute(f"SET ROLE {role}")
            yield second
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {role}")
            cursor.execute(f"DROP ROLE {role}")


def test_a_running_portal_is_refused_nothing_while_rights_are_given_again(beside):
    answers = []

    def ask_beside(execute, *arguments):
        answer = execute(*arguments)
        answers.append(beside.execute("SELECT count(*) FROM accounts_user").fetchone())
        return answer

    role = beside.execute("SELECT current_user").fetchone()[0]
    with connection.execute_wrapper(ask_beside):
        call_command("grant_app_role", role=role)
    assert len(answers) > 100
    assert {*answers} == {(0,)}


def may(role: str, table: str, right: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, right])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("table", "rights"),
    [
        ("accounts_user", {"SELECT", "INSERT", "UPDATE", "DELETE"}),
        ("audit_entry", {"SELECT", "INSERT"}),
        ("django_migrations", {"SELECT"}),
    ],
)
def test_what_the_plain_role_may_do(plain_role, table, rights):
    every = {"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"}
    assert {right for right in every if may(plain_role, table, right)} == rights


@pytest.mark.django_db
def test_no_table_may_be_emptied_and_history_not_rewritten():
    granted = privileges()
    assert {right for rights in granted.values() for right in rights} == {
        "SELECT",
        "INSERT",
        "UPDATE",
        "DELETE",
    }
    assert granted["audit_entry"] == ["SELECT", "INSERT"]
    assert granted["django_migrations"] == ["SELECT"]


@pytest.mark.django_db
def test_a_role_that_is_missing_is_named():
    with pytest.raises(CommandError, match="There is no role nobody_of_ours"):
        call_command("grant_app_role", role="nobody_of_ours")


@pytest.mark.django_db
def test_the_owner_does_not_limit_itself():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (me,) = cursor.fetchone()
    with pytest.raises(CommandError, match="Connect as the owner"):
        call_command("grant_app_role", role=me)


@pytest.mark.django_db
def test_this_database_knows_all_scripts():
    assert lowers_letters_of_all_scripts(databases=["default"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("allowed", "is_demo", "found"), [(True, True, 0), (False, True, 1), (False, False, 0)]
)
def test_demonstration_accounts_are_found_where_they_must_not_be(settings, allowed, is_demo, found):
    settings.DEMO_ALLOWED = allowed
    User.objects.create(email="demo@example.org", name="Demo Desk", is_demo=is_demo)
    assert [fault.id for fault in no_demonstration_account(databases=["default"])] == [
        "accounts.E001"
    ] * found


def test_a_process_does_not_start_on_a_database_with_demonstration_accounts(
    plain_role, settings, capsys, monkeypatch
):
    monkeypatch.setattr(starting.connections, "close_all", lambda: None)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {plain_role}")
    starting.refuse_unfit_database()
    settings.DEMO_ALLOWED = False
    User.objects.create(email="demo@example.org", name="Demo Desk", is_demo=True)
    with pytest.raises(SystemExit):
        starting.refuse_unfit_database()
    said = capsys.readouterr().err
    assert said.startswith("The portal does not start (accounts.E001): 1 demonstration accounts exist")
    assert said.count("\n") == 1


@pytest.mark.django_db
def test_a_process_does_not_start_as_the_owner_of_the_tables(capsys, monkeypatch):
    monkeypatch.setattr(starting.connections, "close_all", lambda: None)
    with pytest.raises(SystemExit):
        starting.refuse_unfit_database()
    said = capsys.readouterr().err
    assert re.match(r"The portal does not start \(core\.E002\): DATABASE_URL connects as \w+, who owns", said)
    assert said.count("\n") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("wrong", "why"), [("user", "role"), ("dbname", "database")])
def test_a_process_does_not_start_where_the_server_refuses_it(capsys, monkeypatch, wrong, why):
    right = connection.get_connection_params()
    monkeypatch.setattr(connection, "get_connection_params", lambda: {**right, wrong: "nobody_of_ours"})
    with pytest.raises(SystemExit):
        starting.refuse_unfit_database()
    said = capsys.readouterr().err
    assert (
        said == f'The portal does not start: DATABASE_URL is refused: {why} "nobody_of_ours" does not exist\n'
    )
