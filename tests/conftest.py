"""What every test may ask for. An app's own fixtures live in tests/<app>/conftest.py."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from core import later
from taxonomy.seed import load_reference
from tests import databases, support

# Tables that are filled once for all tests; a transactional test empties them when it ends.
SEEDED = ("taxonomy_", "accounts_legalversion", "portal_page")


@pytest.fixture(autouse=True)
def _fresh_start(monkeypatch):
    """Limits, kept counts, the language, a broker found missing: of one test nothing reaches the next."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    monkeypatch.setattr(later, "_rest_until", 0.0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, django_db_blocker):
    """As in production: the plain role with its rights, and the reference data from the first test on."""
    if settings.OWNER_ROLE["USER"] == settings.PLAIN_ROLE["USER"]:
        pytest.exit(
            "Tests connect as the plain role: DATABASE_URL names it, DATABASE_OWNER_URL the owner. "
            "`make test` sets both."
        )
    with django_db_blocker.unblock(), databases.made(fill=_fill):
        yield


def _fill() -> None:
    """What every test finds: the reference data, and a copy of it for whatever empties all tables."""
    load_reference()
    tables = [table for table in support.tables_of("public") if table.startswith(SEEDED)]
    copies = [f'CREATE TABLE kept."{table}" AS TABLE public."{table}"' for table in tables]
    support.run_as_owner(["CREATE SCHEMA kept", *copies])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """Fill the seeded tables again once the flush at the end of a transactional test is over.

    A fixture would be too early: it is torn down before the database's own, which flushes.
    """
    outcome = yield
    marker = item.get_closest_marker("django_db")
    flushed = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if flushed or (marker and marker.kwargs.get("transaction")):
        with item.config.stash[blocking_manager_key].unblock():
            _bring_back()
    return outcome


@pytest.fixture
def reference(db):
    """Says in a test's signature that it leans on the reference data."""


def _bring_back() -> None:
    support.run_as_owner(
        [
            f'INSERT INTO "{table}" OVERRIDING SYSTEM VALUE TABLE kept."{table}" ON CONFLICT DO NOTHING'
            for table in support.tables_of("kept")
        ]
    )
