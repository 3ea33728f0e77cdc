"""What every transactional test relies on: it begins with the same rows, whoever wrote before it."""

import subprocess
import sys
import time
from threading import Event, Thread

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from psycopg import sql

from accounts.people.models import User
from taxonomy.places.models import Country
from taxonomy.synonyms.models import Synonym
from tests import support
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def rows() -> dict[str, list[str]]:
    """By table: a checksum of each row, where there is one."""
    query = sql.SQL("SELECT md5(row::text) FROM {} AS row")
    rows = {
        table: sorted(row for (row,) in support.owner().execute(query.format(sql.Identifier(table))))
        for table in support.tables_of("public")
    }
    return {table: checksums for table, checksums in rows.items() if checksums}


def test_tables_are_restored_where_rows_were_added_changed_and_removed():
    before = rows()
    UserFactory()
    Country.objects.filter(pk="KEN").update(lat=1, lon=1)
    Synonym.objects.all().delete()
    ContentType.objects.create(app_label="none", model="none")
    assert rows() != before
    support.restore_tables()
    assert rows() == before
    support.restore_tables()
    assert rows() == before


def test_what_another_process_wrote_is_removed():
    before = rows()
    insert = "INSERT INTO django_session VALUES ('key', 'data', now())"
    write = (
        f"import psycopg; psycopg.connect({support.database_url()!r}, autocommit=True).execute({insert!r})"
    )
    subprocess.run([sys.executable, "-c", write], check=True, timeout=300)
    assert rows() != before
    support.restore_tables()
    assert rows() == before


def test_a_transaction_of_another_thread_is_waited_for():
    begun = Event()

    def write():
        with transaction.atomic():
            UserFactory()
            begun.set()
            time.sleep(0.5)
        connection.close()

    thread = Thread(target=write)
    thread.start()
    assert begun.wait(300)
    support.restore_tables()
    thread.join(300)
    assert not User.objects.exists()


def test_an_act_that_asks_once_for_each_row_grows():
    def read_each():
        return [User.objects.get(pk=pk) for pk in User.objects.values_list("pk", flat=True)]

    with pytest.raises(AssertionError, match=r"\[2, 4\]"):
        support.assert_no_growth(read_each, UserFactory)
    with pytest.raises(AssertionError, match=r"\[5, 7\]"):
        support.assert_no_growth(read_each, UserFactory, is_once=True)
    support.assert_no_growth(User.objects.count, UserFactory)


def test_whoever_waits_goes_on_once_the_other_has_committed():
    person = UserFactory(name="First")

    def rename():
        User.objects.filter(pk=person.pk).update(name="Second")

    def read():
        with transaction.atomic():
            return User.objects.select_for_update().get(pk=person.pk).name

    assert support.run_during(rename, read, lambda: 7) == ["Second", 7]
    with pytest.raises(ZeroDivisionError):
        support.run_during(lambda: 1 / 0, read)
