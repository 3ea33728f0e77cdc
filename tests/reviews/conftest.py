import pytest

from accounts.people.enums import Role
from reviews.seed import load_mechanism
from tests.factories.accounts import person_with, sign_in


@pytest.fixture
def mechanism(db):
    """Groups, phases, steps and what is known of each country, as the command loads them."""
    return load_mechanism()


@pytest.fixture
def keeper(db):
    return person_with(Role.REVIEWS, name="Rana Reviews")


@pytest.fixture
def as_keeper(client, keeper):
    """The desk's person for the reviews in a browser, second factor shown."""
    sign_in(client, keeper)
    return client
