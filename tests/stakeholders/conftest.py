import pytest

from accounts.people.enums import Role
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import sent_application


@pytest.fixture
def applicant(db):
    return UserFactory(name="Amina Njeri", email="amina@coastalwatch.example")


@pytest.fixture
def vetter(db):
    return person_with(Role.VETTING, name="Vera Vetter")


@pytest.fixture
def topic(db) -> str:
    return Topic.objects.in_order().first().pk


@pytest.fixture
def as_applicant(client, applicant):
    sign_in(client, applicant)
    return client


@pytest.fixture
def as_vetter(client, vetter):
    sign_in(client, vetter)
    return client


@pytest.fixture
def application(applicant):
    """Sent, and not yet looked at."""
    return sent_application(applicant)
