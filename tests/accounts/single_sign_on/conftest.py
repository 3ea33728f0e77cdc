import pytest

from tests.accounts.single_sign_on import provider


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
    running_institution.knows("amina@inst.example")
    spoiler.asked.clear()
    settings.SINGLE_SIGN_ON = [running_institution.settings()]
    return running_institution
