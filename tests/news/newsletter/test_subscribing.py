"""Subscribing without an account: asked twice, confirmed by a button, changed and left by links."""

import json
import re
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from accounts.hooks import erasers, retained
from audit.models import Entry
from news.newsletter.actions_subscribing import MOST_MAILS_TO_ONE, Wish, subscribe_person
from news.newsletter.models import Subscriber
from news.newsletter.signed_links import leaving_key
from notifications.bounces.enums import Why
from notifications.bounces.models import Suppression
from notifications.outbox.enums import Status
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.newsletters import SubscriberFactory
from tests.factories.notifications import deliver_all
from tests.support import run_during
from whatson.settings.logging import leave_out_secrets

HOME = "/en/newsletter/"
ASKED_PAGE = "/en/newsletter/asked/"


def sign_up(client, address="amina@example.org", **fields):
    form = {"address": address, "languages": ["en", "ar"], "topics": ["firearms"], "agree": "on", **fields}
    return client.post(HOME, {name: value for name, value in form.items() if value})


def link_in(letter):
    return re.search(r"https?://[^/\s]+(/\S*/newsletter/\S+)", letter.body).group(1)


def last_link():
    return link_in(deliver_all()[-1])


@pytest.mark.behaviour("A-20")
def test_a_visitor_subscribes_confirms_changes_and_leaves_without_an_account(client, reference):
    assert sign_up(client).url == ASKED_PAGE
    row = Subscriber.objects.get()
    assert (row.confirmed_at, row.languages, row.consent_version) == (None, ["en", "ar"], "2026-11-25")
    link = last_link()
    assert "a…@example.org" in client.get(link).text
    assert Subscriber.objects.get().confirmed_at is None  # opening acts on nothing
    assert "You are subscribed" in client.post(link).text
    row.refresh_from_db()
    assert row.confirmed_at
    assert "confirmed already" in client.get(link).text
    assert "You are subscribed" in client.post(link).text  # twice is once
    for wrong in (link.replace("confirm/", "confirm/x"), link[:-2] + "/"):
        answer = client.get(wrong)
        assert (answer.status_code, "Send me a new link" in answer.text) == (404, True)

    assert client.post("/en/newsletter/choices/", {"address": "AMINA@example.org"}).url == ASKED_PAGE
    link = last_link()
    assert "checked" in client.get(link).text
    wrong = client.post(link, {"topics": ["corruption"]})
    assert "Choose at least one language." in wrong.text
    assert client.post(link, {"languages": ["fr", "ar"], "topics": []}).status_code == 302
    row.refresh_from_db()
    assert (set(row.languages), row.topics.count()) == ({"fr", "ar"}, 0)
    copy = json.loads(client.get(f"{link}copy/").content)
    assert copy["address"] == "amina@example.org"
    assert copy["confirmed_at"]
    assert "You have left" in client.post(link, {"leave": "1"}).text
    assert not Subscriber.objects.exists()
    assert client.get(link).status_code == 404
    log = json.dumps(list(Entry.objects.values("action", "data")))
    assert "news.subscriber.left" in log
    assert "amina" not in log


@pytest.mark.behaviour("A-20")
def test_known_and_unknown_addresses_are_answered_alike(client, reference):
    known = SubscriberFactory(address="known@example.org", languages=["fr"])
    answers = {sign_up(client, address).url for address in ("KNOWN@example.org", "new@example.org")}
    answers |= {
        client.post("/en/newsletter/choices/", {"address": address}).url
        for address in ("known@example.org", "nobody@example.org")
    }
    assert answers == {ASKED_PAGE}
    known.refresh_from_db()
    assert known.languages == ["fr"]  # a stranger changes nothing
    kinds = Message.objects.order_by("address", "pk").values_list("address", "kind")
    assert list(kinds) == [
        ("known@example.org", "news.newsletter_choices"),
        ("known@example.org", "news.newsletter_choices"),
        ("new@example.org", "news.confirm_subscription"),
    ]


def test_what_was_asked_last_is_confirmed_and_an_old_link_tells_what_to_do(client, reference, settings):
    sign_up(client)
    first = last_link()
    sign_up(client, languages=["fr"])
    assert client.get(first).status_code == 404
    second = last_link()
    assert "Français" in client.get(second).text
    settings.NEWS_CONFIRM_DAYS = -1
    assert "Send me a new link" in client.post(second).text
    assert not Subscriber.objects.confirmed().exists()


def test_bad_input_is_told_at_its_field_and_nothing_is_lost_or_half_saved(client, reference):
    answer = sign_up(client, "no address", languages=[], agree="")
    for text in ("Enter a valid email address", "Choose at least one language.", "Without your consent"):
        assert text in answer.text
    assert 'value="no address"' in answer.text
    assert sign_up(client, languages=["xx"]).status_code == 200
    assert sign_up(client, topics=["not-a-topic"]).status_code == 200
    assert sign_up(client, homepage="http://spam.example").url == ASKED_PAGE  # a program learns nothing
    assert not Subscriber.objects.exists()
    assert not Message.objects.exists()


def test_limits_hold_for_an_address_known_or_not_and_for_a_visitor(client, reference):
    for _number in range(MOST_MAILS_TO_ONE):
        assert sign_up(client).status_code == 302
    assert sign_up(client).status_code == 429
    assert sign_up(client, "else@example.org").status_code == 302
    answers = {
        client.post("/en/newsletter/choices/", {"address": f"n{n}@example.org"}).status_code
        for n in range(20)
    }
    assert 429 in answers


@pytest.mark.behaviour("A-20")
def test_one_click_leaves_without_session_token_or_confirmation(reference, client):
    outsider = Client(enforce_csrf_checks=True)
    waiting = SubscriberFactory(confirmed_at=None)
    link = reverse("newsletter:leave", args=[leaving_key(waiting.address, None)])
    assert "Leave the newsletter?" in client.get(link).text
    assert Subscriber.objects.exists()
    for _twice in range(2):
        answer = outsider.post(link, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies) == (200, {})
        assert not Subscriber.objects.exists()
    assert outsider.post(link[:-3] + "/").status_code == 404
    line = leave_out_secrets(None, "", {"request": f"POST {link}"})["request"]
    assert line == "POST /en/newsletter/leave/…/"


def test_an_address_that_is_held_back_gets_no_mail(client, reference):
    for why, address in ((Why.HARD, "gone@example.org"), (Why.COMPLAINT, "cross@example.org")):
        Suppression.objects.create(address=address, why=why, reason="x")
        sign_up(client, address)
    assert deliver_all() == []
    assert set(Message.objects.values_list("status", flat=True)) == {Status.SUPPRESSED}


def test_what_nobody_confirmed_and_what_nobody_reads_is_removed(reference):
    SubscriberFactory(confirmed_at=None, asked_at=now() - timedelta(days=8))
    fresh = SubscriberFactory(confirmed_at=None)
    held = SubscriberFactory()
    Suppression.objects.create(
        address=held.address.upper(), why=Why.HARD, reason="x", since=now() - timedelta(days=100)
    )
    confirmed = SubscriberFactory(asked_at=now() - timedelta(days=900))
    for name in ("news.unconfirmed", "news.unreachable"):
        rule = retained[name]
        rule.rows(now() - timedelta(days=rule.days)).delete()
    assert set(Subscriber.objects.all()) == {fresh, confirmed}


def test_somebody_signed_in_subscribes_with_the_address_of_the_account_and_takes_it_along(client, reference):
    person = UserFactory(email="Amina@example.org")
    assert "/accounts/login/" in client.get("/en/newsletter/mine/").url
    sign_in(client, person)
    assert reverse("newsletter:mine") in client.get(HOME).text
    assert reverse("newsletter:mine") in client.get(reverse("notifications:preferences")).text
    assert client.post("/en/newsletter/mine/", {"languages": ["en"]}).status_code == 302
    row = Subscriber.objects.get()
    assert (row.address, bool(row.confirmed_at)) == ("Amina@example.org", True)
    assert mail.outbox == []
    assert client.post("/en/newsletter/mine/", {"leave": "1"}).status_code == 302
    assert not Subscriber.objects.exists()
    SubscriberFactory(address="amina@EXAMPLE.org")
    erasers["news.subscriber"](person)
    assert not Subscriber.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_subscribes_in_two_windows_at_once_confirms_once(reference):
    person = UserFactory(verified=True)
    row = SubscriberFactory(address=person.email, confirmed_at=None)
    subscribe = partial(subscribe_person, person, Wish(["en"], []), language="en")
    held = partial(Subscriber.objects.select_for_update().get, pk=row.pk)
    assert run_during(held, subscribe, subscribe) == [True, True]
    assert Entry.objects.filter(action="news.subscriber.confirmed").count() == 1


def test_an_account_with_an_unproved_address_confirms_like_everybody(client, reference):
    sign_in(client, UserFactory(email="later@example.org", verified=False))
    assert client.post("/en/newsletter/mine/", {"languages": ["en"]}).url == ASKED_PAGE
    assert Subscriber.objects.get().confirmed_at is None
