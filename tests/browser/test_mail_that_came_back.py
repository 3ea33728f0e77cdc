"""The desk finds a mail that failed and sends it again; a member whose mail came back mends it."""

import os
import re

import pytest
from django.core import mail
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from notifications.bounces.enums import Why
from notifications.bounces.models import MailEvent, Suppression
from notifications.delivery import run
from notifications.outbox.enums import Outcome, Status
from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD, UserFactory, person_with
from tests.factories.notifications import MessageFactory

SHOTS = os.environ.get("WHATSON_SHOTS", "")
KIND = "notifications.preferences_changed"


@pytest.fixture
def failed(live_server):
    for number in range(3):
        MessageFactory(address=f"reader{number}@whatson.example", status=Status.SENT, sent_at=now())
    message = MessageFactory(
        kind=KIND,
        address="amina@whatson.example",
        facts={"kinds": []},
        user=UserFactory(email="amina@whatson.example"),
        status=Status.SENT,
        sent_at=now(),
        outcome=Outcome.HARD,
        outcome_at=now(),
    )
    MailEvent.objects.create(
        provider="postmark",
        event_id="1",
        outcome=Outcome.HARD,
        message=message,
        happened_at=now(),
        address=message.address,
        note="550 5.1.1 The mailbox does not exist.",
    )
    Suppression.objects.create(
        address=message.address, why=Why.HARD, reason="550 5.1.1 The mailbox does not exist."
    )
    return message


@pytest.mark.behaviour("A-21")
def test_the_desk_finds_a_failed_mail_and_sends_it_again(page, enter, look_at, failed, go_to):
    enter(page, person_with(Role.ADMINISTRATOR, name="Ada Administrator"))
    go_to(page, "Sent e-mail")
    page.get_by_text("Numbers of the last 14 days").click()
    look_at(page, "desk-mail")
    page.get_by_role("combobox", name="Status").select_option("Failed for good")
    page.get_by_role("textbox", name="Address begins with").fill("ami")
    page.get_by_role("button", name="Find").click()
    look_at(page, "desk-mail-found")
    page.get_by_role(
        "link", name="Your notification settings were changed through a link in an e-mail"
    ).click()
    expect(page.get_by_text("E-mail to this address is held back. Let it through first.")).to_be_visible()
    look_at(page, "desk-mail-held")
    page.get_by_role("button", name="Let e-mail through again").click()
    expect(page.get_by_text("E-mail to this address has resumed.")).to_be_visible()
    page.get_by_label("E-mail address").fill("not an address")
    page.get_by_role("button", name="Send nothing there any more").click()
    expect(page.get_by_role("heading", name="Please check what you entered")).to_be_visible()
    look_at(page, "desk-mail-addresses-wrong")
    page.goto(f"/en/desk/mail/{failed.pk}/")
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("It is on its way again, as a message of its own.")).to_be_visible()
    look_at(page, "desk-mail-again")
    run.sweep()
    assert [message.to for message in mail.outbox] == [[failed.address]]
    assert Message.objects.get(again_of=failed).status == Status.SENT


@pytest.mark.behaviour("A-21")
@pytest.mark.parametrize("reader", ("english", "arabic"))
def test_a_member_whose_mail_came_back_mends_it(request, live_server, reader, look_at):
    arabic = reader == "arabic"
    page, language = request.getfixturevalue("phone_ar" if arabic else "page"), "ar" if arabic else "en"
    person = UserFactory(email="gone@whatson.example", language=language)
    Suppression.objects.create(address=person.email, why=Why.HARD, reason="550 5.1.1", since=now())
    page.goto(f"/{language}/accounts/login/")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    banner = page.locator(".notice-warning a")
    expect(banner).to_be_visible()
    look_at(page, f"came-back-banner-{language}")
    banner.click()
    look_at(page, f"came-back-{language}")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".notice-success")).to_be_visible()
    run.sweep()
    link = re.search(r"http\S+(/\w\w/mail/works/\S+)", mail.outbox[0].body)
    page.goto(link.group(1))
    look_at(page, f"works-{language}")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main form")).to_have_count(0)
    look_at(page, f"works-done-{language}")
    page.goto(f"/{language}/me/")
    expect(page.locator(".notice-warning")).to_have_count(0)
    assert Suppression.objects.in_force().count() == 0
