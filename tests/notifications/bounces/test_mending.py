"""Somebody whose mail came back is told at the next sign-in, and mends it."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils.timezone import now

from audit.models import Entry
from notifications.bounces.enums import Why
from notifications.bounces.models import Suppression
from notifications.bounces.signed_links import address_key
from notifications.outbox.enums import Status
from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.notifications import MessageFactory, deliver_all

pytestmark = pytest.mark.django_db
PAGE = "/en/me/notices/address/"
BANNER = "Confirm or change your address"


@pytest.fixture
def person(db):
    return UserFactory(email="gone@whatson.example")


def hold(why=Why.HARD, address="Gone@WhatsOn.example"):
    return Suppression.objects.create(address=address, reason="550", why=why)


def link_in(mail):
    return urlsplit(re.search(r"http\S+/mail/works/\S+", mail.body).group()).path


@pytest.mark.behaviour("A-21")
def test_the_next_sign_in_shows_it_on_every_page_until_it_is_mended(client, person):
    held = hold()
    client.post("/en/accounts/login/", {"login": person.email, "password": PASSWORD})
    for path in ("/en/me/", "/en/", "/en/me/notices/"):
        assert BANNER in client.get(path).content.decode(), path
    client.post(PAGE)
    (mail,) = deliver_all()
    assert mail.to == [person.email]
    link = link_in(mail)
    anybody = Client()
    assert "Yes, e-mail reaches me" in anybody.get(link).content.decode()
    assert Suppression.objects.in_force().count() == 1
    assert "E-mail reaches you again" in anybody.post(link).content.decode()
    assert Suppression.objects.in_force().count() == 0
    assert BANNER not in client.get("/en/me/").content.decode()
    entry = Entry.objects.get(action="notifications.address_works")
    assert (entry.actor_id, entry.subject_id) == (person.pk, held.pk)


def test_another_address_mends_it_as_well(client, person):
    hold()
    client.force_login(person)
    assert BANNER in client.get("/en/me/").content.decode()
    person.email = "new@whatson.example"
    person.save()
    assert BANNER not in client.get("/en/me/").content.decode()
    assert Suppression.objects.in_force().count() == 1


def test_nobody_else_sees_it(client, person):
    hold()
    client.force_login(UserFactory())
    assert BANNER not in client.get("/en/me/").content.decode()
    assert "none came back" in client.get(PAGE).content.decode()
    assert BANNER not in Client().get("/en/").content.decode()


def test_it_costs_those_whose_mail_arrives_no_query(client, django_assert_num_queries, person):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(person)
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/me/")
    assert [query for query in queries if "notifications_suppression" in query["sql"]] == []


def test_after_a_complaint_the_words_say_what_still_comes(client, person):
    hold(Why.COMPLAINT)
    client.force_login(person)
    assert "only security and decisions" in client.get("/en/me/").content.decode()
    assert "counts as unwanted, because your" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("why", Why.values)
def test_the_mail_that_asks_leaves_whatever_holds_the_address(client, person, why):
    hold(why)
    client.force_login(person)
    assert client.post(PAGE).status_code == 302
    assert len(deliver_all()) == 1
    message = Message.objects.get()
    assert (message.status, message.url, message.facts) == (Status.SENT, "", {})


def test_asking_too_often_is_refused(client, person):
    hold()
    client.force_login(person)
    assert [client.post(PAGE).status_code for _time in range(4)] == [302, 302, 302, 429]
    assert Message.objects.count() == 3


def test_with_nothing_to_mend_nothing_is_sent(client, person):
    client.force_login(person)
    assert "nothing to correct" in client.post(PAGE, follow=True).content.decode()
    assert Message.objects.count() == 0


def test_the_page_asks_for_a_sign_in(client):
    for answer in (client.get(PAGE), client.post(PAGE)):
        assert answer.status_code == 302
        assert "/accounts/login/" in answer["Location"]


def test_the_link_works_twice_and_opens_nothing_when_altered_or_old(
    client, person, settings, time_machine_at
):
    held = hold()
    link = f"/en/mail/works/{address_key(person.pk, held.pk)}/"
    assert [client.post(link).status_code for _time in range(2)] == [200, 200]
    assert Entry.objects.filter(action="notifications.address_works").count() == 1
    assert client.get(link[:-3] + "xx/").status_code == 404
    assert client.post(f"/en/mail/works/{address_key(person.pk, 987654)}/").status_code == 404
    with time_machine_at(days=settings.NOTIFICATIONS_ADDRESS_DAYS, minutes=1):
        assert client.post(link).status_code == 404


def test_a_key_for_something_else_opens_nothing(client, person):
    from notifications.preferences.signed_links import STOP, key_of

    message = MessageFactory(user=person, created_at=now())
    hold()
    assert client.post(f"/en/mail/works/{key_of(message, salt=STOP)}/").status_code == 404
    assert Suppression.objects.in_force().count() == 1


@pytest.fixture
def time_machine_at():
    from datetime import timedelta

    import time_machine

    return lambda **later: time_machine.travel(now() + timedelta(**later))
