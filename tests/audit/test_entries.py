"""Writing an entry, and that nobody can change or remove one."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from audit.actions import record
from audit.models import Entry
from tests.factories.accounts import UserFactory
from tests.support import owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    user = UserFactory()
    return record(user, "test.public", actor=user, count=3)


def error_of(statement):
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(error.value)


def test_an_entry_holds_ids_and_codes(entry):
    assert (entry.subject_kind, entry.data) == ("accounts.user", {"count": 3})
    assert entry.actor_id == entry.subject_id
    entry.refresh_from_db()
    assert entry.at is not None


def test_an_undeclared_act_is_a_mistake():
    with pytest.raises(LookupError):
        record(UserFactory(), "test.unheard_of", actor=None)


def test_what_one_click_wrote_belongs_together():
    user = UserFactory()
    first = record(user, "test.public", actor=user)
    second = record(user, "test.desk", actor=user, click=first.click)
    assert first.click == second.click != record(user, "test.desk", actor=user).click


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_changes_an_entry(entry, statement):
    with pytest.raises(psycopg.DatabaseError, match="append_only"):
        owner().execute(statement)
    assert Entry.objects.get().action == "test.public"


@pytest.mark.parametrize(
    "act", [lambda e: e.save(), lambda e: e.delete(), lambda e: Entry.objects.update(action="x")]
)
def test_nor_does_the_code(entry, act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act(entry)
    assert Entry.objects.get().action == "test.public"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TABLE audit_entry",
    ],
)
def test_the_role_of_the_application_may_only_read_and_add(entry, statement):
    assert any(word in error_of(statement) for word in ("permission denied", "must be owner"))
    user = UserFactory()
    record(user, "test.desk", actor=user)
    assert Entry.objects.count() == 2


def test_erasing_a_person_needs_no_rewriting(entry):
    UserFactory._meta.model.objects.all().delete()
    assert Entry.objects.count() == 1
