"""A link that is pressed while somebody else proves the same address, or signs up with it."""

import pytest
from allauth.account.models import EmailAddress

from accounts.people.models import User
from accounts.sign_in.actions import make_way
from tests.accounts.sign_in.people import HERS, VICTIM, Person, newest, owner_of
from tests.factories.accounts import UserFactory
from tests.support import run_during

pytestmark = pytest.mark.django_db(transaction=True)


def pressed_during(act, browser, link):
    """What the button answers when it was pressed before `act` was committed, and then had to wait for it."""
    (answer,) = run_during(act, lambda: browser.post(link))
    return answer


@pytest.fixture
def owner():
    """Has an account under another address and is about to prove a second mailbox."""
    person = Person()
    person.user = UserFactory(email="amina@example.com", password=HERS)
    person.browser.force_login(person.user)
    return person


def test_an_account_that_makes_way_while_its_button_is_pressed_is_told_so(owner):
    waiting = Person()
    waiting.signs_up()
    link = newest().url

    def confirm():
        make_way(VICTIM, to=owner.user)
        EmailAddress.objects.create(user=owner.user, email=VICTIM, verified=True)

    answer = pressed_during(confirm, waiting.browser, link)
    assert answer.status_code == 200
    assert "Another account has this address already." in answer.text
    assert owner_of(VICTIM) == owner.user


def test_somebody_signs_up_with_an_address_while_its_button_is_pressed(owner):
    owner.wants(VICTIM, HERS)
    link = newest().url
    answer = pressed_during(lambda: User.objects.create(email=VICTIM), owner.browser, link)
    assert answer.status_code == 200
    assert "Another person signed up with this address at the same moment." in answer.text
    assert owner_of(VICTIM) is None
    owner.browser.post(link)
    assert owner_of(VICTIM) == owner.user
    assert User.objects.get().email == VICTIM


def test_two_accounts_prove_one_address_at_once(owner):
    owner.wants(VICTIM, HERS)
    link = newest().url
    other = UserFactory()

    def prove():
        EmailAddress.objects.create(user=other, email=VICTIM, verified=True)

    answer = pressed_during(prove, owner.browser, link)
    assert answer.status_code == 200
    assert "Another account has this address already." in answer.text
    assert owner_of(VICTIM) == other
