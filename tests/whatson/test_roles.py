"""The plain role of the application, and the checks of the database at each start."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.checks import no_demonstration_account
from accounts.people.models import User
from core import startup_checks
from core.checks import lowers_letters_of_all_scripts
from core.management.commands.grant_app_role import privileges
from tests import support

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN", "TRUNCATE", "REFERENCES", "TRIGGER")


@pytest.fixture
def beside(transactional_db) -> Iterator[psycopg.Connection]:
    """A running portal's connection, while this process is connected as the owner."""
    with psycopg.connect(support.database_url(), autocommit=True) as second:
        support.connect_as_owner()
        yield second
        support.connect_as_plain_role()


def test_a_running_portal_is_refused_nothing_while_rights_are_given_again(beside):
    answers = []

    def ask_beside(execute, *arguments):
        answer = execute(*arguments)
        answers.append(beside.execute("SELECT count(*) FROM accounts_user").fetchone())
        return answer

    with connection.execute_wrapper(ask_beside):
        call_command("grant_app_role", role=settings.PLAIN_ROLE["USER"])
    assert len(answers) > 100
    assert {*answers} == {(0,)}


def rights_of_the_plain_role(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one FROM unnest(%s::text[]) one WHERE has_table_privilege(%s, one)", [list(RIGHTS), table]
        )
        return {right for (right,) in cursor.fetchall()}


@pytest.mark.django_db
def test_the_tests_connect_as_the_plain_role():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper OR rolcreatedb OR rolcreaterole, pg_has_role(relowner, 'MEMBER')"
            " FROM pg_roles, pg_class WHERE rolname = current_user AND relname = 'accounts_user'"
        )
        assert cursor.fetchone() == (settings.DATABASE_APP_ROLE, False, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "rights"),
    [
        ("accounts_user", {"SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"}),
        ("audit_entry", {"SELECT", "INSERT", "MAINTAIN"}),
        ("reviews_steprecord", {"SELECT", "INSERT", "MAINTAIN"}),
        ("django_migrations", {"SELECT"}),
    ],
)
def test_what_the_plain_role_may_do(table, rights):
    assert rights_of_the_plain_role(table) == rights


@pytest.mark.django_db
def test_of_a_step_only_who_recorded_it_may_be_emptied():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'reviews_steprecord'::regclass AND attnum > 0"
            " AND has_column_privilege('reviews_steprecord', attname, 'UPDATE')"
        )
        assert cursor.fetchall() == [("recorded_by_id",)]


@pytest.mark.django_db
def test_no_table_may_be_emptied():
    granted = privileges()
    assert not {"TRUNCATE", "REFERENCES", "TRIGGER"} & {
        right for rights in granted.values() for right in rights
    }
    assert all(rights_of_the_plain_role(table) >= {"SELECT"} for table in granted)
    assert not any("TRUNCATE" in rights_of_the_plain_role(table) for table in granted)


@pytest.mark.django_db
def test_a_role_that_is_missing_is_named():
    with pytest.raises(CommandError, match="There is no role nobody_of_ours"):
        call_command("grant_app_role", role="nobody_of_ours")


@pytest.mark.django_db
def test_the_role_does_not_give_rights_to_itself():
    with pytest.raises(CommandError, match="Connect as the owner"):
        call_command("grant_app_role", role=settings.PLAIN_ROLE["USER"])


@pytest.mark.django_db
def test_this_database_knows_all_scripts():
    assert lowers_letters_of_all_scripts(databases=["default"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("allowed", "is_demo", "count"), [(True, True, 0), (False, True, 1), (False, False, 0)]
)
def test_demonstration_accounts_are_found_where_they_must_not_be(settings, allowed, is_demo, count):
    settings.DEMO_ALLOWED = allowed
    User.objects.create(email="demo@example.org", name="Demo Desk", is_demo=is_demo)
    assert [fault.id for fault in no_demonstration_account(databases=["default"])] == [
        "accounts.E001"
    ] * count


@pytest.mark.django_db
def test_a_process_does_not_start_on_a_database_with_demonstration_accounts(settings, capsys, monkeypatch):
    monkeypatch.setattr(startup_checks.connections, "close_all", lambda: None)
    startup_checks.refuse_unfit_database()
    settings.DEMO_ALLOWED = False
    User.objects.create(email="demo@example.org", name="Demo Desk", is_demo=True)
    with pytest.raises(SystemExit):
        startup_checks.refuse_unfit_database()
    message = capsys.readouterr().err
    assert message.startswith("The portal does not start (accounts.E001): 1 demonstration accounts exist")
    assert message.count("\n") == 1


@pytest.mark.usefixtures("beside")
def test_a_process_does_not_start_as_the_owner_of_the_tables(capsys):
    with pytest.raises(SystemExit):
        startup_checks.refuse_unfit_database()
    message = capsys.readouterr().err
    assert re.match(
        r"The portal does not start \(core\.E002\): DATABASE_URL connects as \w+, who owns", message
    )
    assert message.count("\n") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("wrong", "why"), [("user", "role"), ("dbname", "database")])
def test_a_process_does_not_start_where_the_server_refuses_it(capsys, monkeypatch, wrong, why):
    right = connection.get_connection_params()
    monkeypatch.setattr(connection, "get_connection_params", lambda: {**right, wrong: "nobody_of_ours"})
    with pytest.raises(SystemExit):
        startup_checks.refuse_unfit_database()
    message = capsys.readouterr().err
    assert (
        message
        == f'The portal does not start: DATABASE_URL is refused: {why} "nobody_of_ours" does not exist\n'
    )
