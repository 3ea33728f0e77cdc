"""Others use up the attempts to sign in to an account: its owner is warned, once a day, and nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import now

from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD
from tests.factories.notifications import deliver_all

pytestmark = pytest.mark.django_db
LOGIN, CODE, KIND = "/en/accounts/login/", "/en/accounts/login/code/", "accounts.sign_in_tried"


@pytest.fixture
def few(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "login_failed_anywhere": "4/h/key",
        "request_login_code_anywhere": "2/h/key",
    }


def guesses(address, number, path=LOGIN):
    """From as many network addresses."""
    typed = {"login": address, "email": address, "password": "not the right one"}
    return [Client(REMOTE_ADDR=f"198.51.100.{n}").post(path, typed).status_code for n in range(number)]


@pytest.mark.behaviour("A-06")
def test_who_guesses_from_many_addresses_is_stopped_and_the_owner_is_warned_once(client, person, few):
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    client.post("/en/accounts/logout/")
    assert guesses(person.email, 4)[-1] == 200
    assert not Message.objects.filter(kind=KIND).exists()
    assert guesses(person.email, 3) == [429] * 3
    cache.clear()
    guesses(person.email, 8)
    (mail,) = [
        mail for mail in deliver_all() if mail.to == [person.email] and "Many attempts" in mail.subject
    ]
    assert "more attempts to sign in" in mail.body
    # The owner signs in all the same, where they did before.
    answer = client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    with time_machine.travel(now() + timedelta(days=1)):
        guesses(person.email, 6)
    assert Message.objects.filter(kind=KIND, user=person).count() == 2


def test_who_asks_for_codes_in_the_persons_name_too(person, few):
    guesses(person.email, 5, CODE)
    assert Message.objects.filter(kind=KIND, user=person).count() == 1


def test_an_address_that_nobody_has_warns_nobody_and_answers_the_same(person, few):
    assert guesses("nobody@example.org", 6) == guesses(person.email, 6) == [200] * 4 + [429] * 2
    assert Message.objects.filter(kind=KIND).count() == 1
