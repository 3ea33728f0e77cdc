import pytest

from accounts.people.enums import Role
from coordination.absences import actions as absences_actions
from tests.factories.accounts import UserFactory, person_with
from tests.factories.regional import appointed


@pytest.fixture
def head():
    return person_with(Role.HEAD, name="Hanna Head")


@pytest.fixture
def term(head):
    return appointed(UserFactory(name="Rosa"), by=head, regions=["002"])


@pytest.fixture
def dina(term, head):
    """A deputy of Rosa."""
    deputy = UserFactory(name="Dina")
    absences_actions.name_deputy(term, deputy, actor=head)
    return deputy
