"""What every test may ask for. An app's own fixtures live in tests/<app>/conftest.py."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from core import later

# Tables that are filled once for all tests; a transactional test empties them when it ends.
SEEDED = ("taxonomy_", "accounts_legalversion", "portal_page")


@pytest.fixture(autouse=True)
def _fresh_start(monkeypatch):
    """Limits, kept counts, the language, a broker found missing: of one test nothing reaches the next."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    monkeypatch.setattr(later, "_rest_until", 0.0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Countries, topics and the other reference data are there from the first test on."""
    from stakeholders.models import ChecklistQuestion
    from taxonomy.seed import load_reference

    with django_db_blocker.unblock():
        load_reference()
        # The checklist begins with questions; a test that is about them adds its own.
        ChecklistQuestion.objects.all().delete()
        _keep_copies()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """Fill the seeded tables again once the flush at the end of a transactional test is over.

    A fixture would be too early: it is torn down before the database's own, which flushes.
    """
    outcome = yield
    marker = item.get_closest_marker("django_db")
    flushed = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if flushed or (marker and marker.kwargs.get("transaction")):
        with item.config.stash[blocking_manager_key].unblock(), transaction.atomic():
            _bring_back()
    return outcome


@pytest.fixture
def reference(db):
    """Says in a test's signature that it leans on the reference data."""


def _keep_copies() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS kept CASCADE")
        cursor.execute("CREATE SCHEMA kept")
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(SEEDED):
                cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')


def _bring_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kept'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'INSERT INTO public."{table}" OVERRIDING SYSTEM VALUE TABLE kept."{table}" '
                "ON CONFLICT DO NOTHING"
            )
