"""What every test may ask for. An app's own fixtures live in tests/<app>/conftest.py."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Rate limits and kept counts of one test must not reach the next."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Countries, topics and the other reference data are there from the first test on."""
    from taxonomy.seed import load_reference

    with django_db_blocker.unblock():
        load_reference()


@pytest.fixture
def reference(db):
    """Says in a test's signature that it leans on the reference data."""
