"""What every test may ask for. An app's own fixtures live in tests/<app>/conftest.py."""

import gc
import math
import os
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as trials

from core import later, maintenance
from notifications.jobs import actions as jobs_actions
from stakeholders.directory.actions import take_up_changes
from taxonomy.seed import load_reference
from tests import databases
from whatson.embedded import messages
from whatson.stack import with_room

# However slow the machine is: no test is about time.
trials.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
trials.load_profile("patient")


def pytest_configure(config):
    """Compile the translations, where they are not: one file alone runs on a fresh clone."""
    if not hasattr(config, "workerinput"):
        messages.compile_changed()
        messages.carry_chinese()


@pytest.fixture(autouse=True)
def _fresh_start(monkeypatch):
    """Limits, kept counts, the language, a broker found missing: of one test nothing reaches the next."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    monkeypatch.setattr(later, "_rest_until", 0.0)
    # No test pays for the look once in five seconds; one about maintenance looks itself.
    monkeypatch.setattr(maintenance, "_look_at", math.inf)
    monkeypatch.setattr(maintenance, "_current", None)
    # Nor for the one after a task, which a process begins to take five minutes after its start.
    monkeypatch.setattr(jobs_actions, "_next_look", math.inf)


def _fill() -> None:
    load_reference()
    take_up_changes()


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, django_db_blocker):
    """As in production: the plain role with its rights, and the reference data from the first test on."""
    if settings.OWNER_ROLE["USER"] == settings.PLAIN_ROLE["USER"]:
        pytest.exit(
            "Tests connect as the plain role: DATABASE_URL names it, DATABASE_OWNER_URL the owner. "
            "`make test` sets both."
        )
    with ExitStack() as stack:
        # Not for longer: a test that asks for no database would write rows that nobody takes back.
        with django_db_blocker.unblock():
            stack.enter_context(databases.own_database(fill=_fill))
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what empties the database, and begin with what is slow: each process with its share of it.

    xdist cuts the list into as many pieces as there are processes. A long test at its end would run alone.
    """
    for item in items:
        # A quarter of the time went into mapping memory; a test's fixtures make as much as the test.
        item.setup, item.runtest = with_room(item.setup), with_room(item.runtest)
        if _empties_the_database(item):
            item.add_marker("real_transactions")
    yield
    slow, quick = [], []
    for item in items:
        (slow if item.get_closest_marker("slow") else quick).append(item)
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [
        item
        for place in range(processes)
        for some in (slow, quick)
        for item in some[len(some) * place // processes : len(some) * (place + 1) // processes]
    ]


def pytest_collection_finish():
    """What collecting has made is never garbage: a tenth of the run would go into looking through it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def _empties_the_database(item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures or (marker and marker.kwargs.get("transaction")))


@pytest.fixture(scope="module")
def module_rows(django_db_setup, django_db_blocker):
    """Rows that a fixture of scope "module" makes are there for each test of the module as they were made.

    Not in a module that has tests with real transactions, and for all tests of the module or for none.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        translation.activate(settings.LANGUAGE_CODE)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def reference(db):
    """Says in a test's signature that it leans on the reference data."""
