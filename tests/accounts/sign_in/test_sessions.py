"""Where a person is signed in: listed with device and network address, and ended, each or all others."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.data_rights.actions_retention import apply_rules
from accounts.sign_in.queries_sessions import describe_device
from audit.models import Entry
from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.rights import made_copy, rows_of
from tests.support import markup_of

pytestmark = pytest.mark.django_db
LIST, ME = "/en/accounts/sessions/", "/en/me/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)


def signed_in(person, user_agent=FIREFOX, address="198.51.100.7"):
    browser = Client(REMOTE_ADDR=address, headers={"User-Agent": user_agent})
    browser.post("/en/accounts/login/", {"login": person.email, "password": PASSWORD})
    return browser


def is_in(browser):
    return browser.get(ME).status_code == 200


@pytest.fixture
def owner(person):
    return signed_in(person)


@pytest.fixture
def stranger(person):
    """Somebody who knows the password, elsewhere."""
    return signed_in(person, PHONE, "203.0.113.9")


def test_the_owner_sees_each_browser_and_signs_out_the_one_they_do_not_know(owner, stranger, person):
    page = owner.get(LIST)
    rows = [(row.device, row.ip, row.is_here) for row in page.context["sessions"]]
    assert rows == [("Firefox on Linux", "198.51.100.7", True), ("Safari on iPhone", "203.0.113.9", False)]
    assert "203.0.113.9" in markup_of(page)
    assert page["Cache-Control"].count("no-store")
    assert 'class="nav-link active" href="/en/accounts/2fa/">Security' in markup_of(page)
    elsewhere = UserSession.objects.get(ip="203.0.113.9")
    owner.post(f"{LIST}{elsewhere.pk}/end/")
    assert (is_in(owner), is_in(stranger)) == (True, False)
    assert "203.0.113.9" not in markup_of(owner.get(LIST))
    message = Message.objects.get(kind="accounts.sessions_ended")
    assert (message.user, message.facts["ip"]) == (person, "198.51.100.7")
    assert Entry.objects.get(action="accounts.security_changed").data == {"what": "sessions_ended"}


def test_all_others_end_at_once_even_those_that_were_never_listed(owner, stranger, person):
    unlisted = Client()
    unlisted.force_login(person)
    other = Client()
    other.force_login(UserFactory())
    assert UserSession.objects.count() == 2
    owner.post(f"{LIST}end-others/")
    assert [is_in(browser) for browser in (owner, stranger, unlisted, other)] == [True, False, False, True]
    assert UserSession.objects.filter(user=person).count() == 1


def test_nobody_ends_the_session_of_another_or_by_a_link(owner, person):
    intruder = signed_in(UserFactory())
    mine = UserSession.objects.get(user=person)
    assert intruder.post(f"{LIST}{mine.pk}/end/").status_code == 404
    assert "198.51.100.7" in intruder.get(LIST).text
    assert len(intruder.get(LIST).context["sessions"]) == 1
    assert owner.get(f"{LIST}{mine.pk}/end/").status_code == 405
    assert owner.post(f"{LIST}{mine.pk}/end/").status_code == 404  # this one ends by signing out
    assert is_in(owner)


def test_a_session_that_a_new_password_ended_is_not_listed(owner, stranger, person):
    person.set_password("a wholly new password 7")
    person.save()
    again = Client()
    again.force_login(person)
    cache.clear()
    assert [row.is_here for row in again.get(LIST).context["sessions"]] == [True]


def test_use_is_written_down_once_in_ten_minutes_and_older_sessions_are_listed_then(owner, person):
    began = UserSession.objects.get().last_seen_at
    owner.get(ME)
    assert UserSession.objects.get().last_seen_at == began
    UserSession.objects.all().delete()  # as for a session from before there was a list
    cache.clear()
    with time_machine.travel(now() + timedelta(minutes=11)):
        owner.get(ME, REMOTE_ADDR="192.0.2.5")
        row = UserSession.objects.get()
        assert (row.ip, row.last_seen_at > began) == ("192.0.2.5", True)
        with CaptureQueriesContext(connection) as queries:
            owner.get(ME)
        assert not any("usersessions" in query["sql"] for query in queries)


def test_the_list_costs_the_same_however_many_there_are(owner, person, django_assert_num_queries):
    owner.get(LIST)
    with CaptureQueriesContext(connection) as first:
        owner.get(LIST)
    number = len(first)
    signed_in(person, EDGE)
    signed_in(person, PHONE)
    with django_assert_num_queries(number):
        assert len(owner.get(LIST).context["sessions"]) == 3


def test_it_stands_in_ones_data_goes_with_the_person_and_after_its_days(owner, person):
    (row,) = [row for row in rows_of(made_copy(person, "security"), "security") if "Firefox" in str(row)]
    assert "198.51.100.7" in str(row)
    owner.post("/en/accounts/logout/")
    apply_rules()
    assert UserSession.objects.exists()
    with time_machine.travel(now() + timedelta(days=16)):
        apply_rules()
    assert not UserSession.objects.exists()


def test_the_release_before_removes_a_person_without_knowing_the_table(owner):
    """Its own statements name the tables that it knows; the database takes the sessions along."""
    alone = UserFactory(verified=False)
    UserSession.objects.update(user=alone)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_user WHERE id = %s", [alone.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not UserSession.objects.exists()


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("curl/8.5.0", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_device_is_named_as_far_as_its_browser_says(user_agent, device):
    assert describe_device(user_agent) == device
