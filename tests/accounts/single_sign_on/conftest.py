import pytest
from allauth.socialaccount.models import SocialAccount

from tests.accounts.single_sign_on import provider
from tests.factories.accounts import UserFactory


@pytest.fixture(scope="module")
def running_institution():
    with provider.running() as institution:
        yield institution


@pytest.fixture
def institution(running_institution, settings):
    """The provider as it is by itself, and the portal that knows it."""
    spoiler = running_institution.spoiler
    spoiler.forge = spoiler.describe = None
    spoiler.hangs.clear()
    running_institution.knows(provider.ADDRESS)
    spoiler.requests.clear()
    settings.SINGLE_SIGN_ON = [running_institution.settings()]
    return running_institution


@pytest.fixture
def linked(db):
    """Somebody whose account their institution opens."""
    person = UserFactory(email=provider.ADDRESS)
    SocialAccount.objects.create(user=person, provider="inst", uid=provider.WHO)
    return person
