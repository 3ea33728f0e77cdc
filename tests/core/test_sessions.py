"""Sessions are read from the database each time: an end holds at once, for each copy of the cookie."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.actions import close_account
from accounts.people.enums import Role
from core.sessions import SessionStore
from tests.factories.accounts import UserFactory, person_with, sign_in

pytestmark = pytest.mark.django_db
ME = reverse("portal:me")


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def browsers(person):
    """Two that hold the same cookie, as where it was stolen; both have just read a page."""
    first, other = Client(), Client()
    sign_in(first, person)
    other.cookies = first.cookies.copy()
    assert [browser.get(ME).status_code for browser in (first, other)] == [200, 200]
    return first, other


def signed_in(browser):
    return browser.get(ME).status_code == 200


def test_a_sign_out_ends_the_session_wherever_its_cookie_is(browsers):
    first, other = browsers
    first.post(reverse("account_logout"))
    assert not signed_in(other)


def test_a_new_password_ends_every_session(browsers, person):
    person.set_password("another-long-password-of-mine")
    person.save(update_fields=["password"])
    assert not any(signed_in(browser) for browser in browsers)


def test_a_row_that_is_gone_is_a_session_that_is_over(browsers):
    Session.objects.all().delete()
    assert not any(signed_in(browser) for browser in browsers)


def test_a_session_ends_on_its_day(browsers):
    with time_machine.travel(now() + timedelta(seconds=settings.SESSION_COOKIE_AGE + 1)):
        assert not signed_in(browsers[1])


def test_an_account_that_is_closed_is_out_at_once(browsers, person):
    close_account(person, actor=person_with(Role.ADMINISTRATOR))
    assert not any(signed_in(browser) for browser in browsers)


def test_the_cache_knows_nothing_of_sessions(browsers):
    cache.clear()
    assert all(signed_in(browser) for browser in browsers)


def test_what_is_read_is_what_was_saved(django_assert_num_queries):
    session = SessionStore()
    session["said"] = {"to": ["be", 1]}
    session.save()
    with django_assert_num_queries(1):
        assert dict(SessionStore(session.session_key).items()) == {"said": {"to": ["be", 1]}}


@pytest.mark.parametrize("key", ["", None, "x" * 32, "'; --", "\u0661" * 32])
def test_a_key_that_nobody_gave_out_opens_nothing_and_is_not_taken_over(key):
    invented = SessionStore(key)
    assert dict(invented.items()) == {}
    invented["said"] = 1
    invented.save()
    assert invented.session_key != key
