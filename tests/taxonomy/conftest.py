import pytest

from accounts.people.enums import Role
from tests.factories.accounts import person_with, sign_in


@pytest.fixture
def curator(db):
    return person_with(Role.CURATION)


@pytest.fixture
def administrator(db):
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def curator_client(client, curator):
    """A curator in a browser, second factor shown."""
    sign_in(client, curator)
    return client
