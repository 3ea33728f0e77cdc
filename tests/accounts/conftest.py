import re

import pytest

from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD, UserFactory

CHANGING = re.compile(rb'(csrfmiddlewaretoken" value="|nonce=")[^"]+"')


def plain(response) -> bytes:
    """The page without what differs each time."""
    return CHANGING.sub(b"", response.content)


@pytest.fixture
def person(db):
    return UserFactory(email="amina@example.org", name="Amina")


@pytest.fixture
def signed_in_client(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def last_mail(db):
    """A function that gives the newest row of the outbox, wholly as its kind, address, url and facts."""

    def newest(address: str) -> Message:
        return Message.objects.filter(address=address).latest("pk")

    return newest


@pytest.fixture
def joining():
    """What somebody fills in to get an account."""
    return {
        "name": "Amina",
        "email": "amina@example.org",
        "password1": PASSWORD,
        "is_unaffiliated": "False",
        "language": "en",
        "time_zone": "Africa/Nairobi",
    }
