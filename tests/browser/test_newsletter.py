"""The desk builds and sends an issue; a reader signs up, confirms, gets it and leaves by one click."""

import os
import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.people.enums import Role
from news.newsletter import actions as newsletter_actions
from news.newsletter.models import Subscriber
from search.actions import index
from tests.factories.accounts import person_with
from tests.factories.events import EventFactory
from tests.factories.notifications import deliver_all

SHOTS = os.environ.get("WHATSON_SHOTS", "")


def path_in(text: str, part: str) -> str:
    return re.search(rf"https?://[^/\s]+(/\S*newsletter/{part}\S+)", text).group(1)


@pytest.fixture
def some(live_server):
    mail.outbox.clear()
    for title in ("Training on tracing firearms", "Webinar on courts"):
        index(EventFactory(title=title, translations={"ar": {"title": f"عربي {title[:3]}", "about": "نص"}}))


@pytest.mark.behaviour("A-20")
def test_an_issue_from_the_desk_to_a_reader_who_leaves_by_one_click(page, phone_ar, seen, enter, some):
    _subscribe(phone_ar, seen)
    _build(page, seen, enter)
    letter = _send(page, seen)
    _read_and_leave(phone_ar, seen, letter)


def _subscribe(phone_ar, seen):
    phone_ar.goto("/ar/newsletter/")
    seen(phone_ar, "letters-home-ar-360")
    phone_ar.locator("#id_address").fill("reader@example.org")
    phone_ar.locator("#id_agree").check()
    phone_ar.locator("section[aria-labelledby=subscribe] button[type=submit]").click()
    phone_ar.wait_for_url("**/newsletter/asked/")
    seen(phone_ar, "letters-asked-ar-360")
    phone_ar.goto(path_in(deliver_all()[-1].body, "confirm/"))
    assert not Subscriber.objects.confirmed().exists()
    seen(phone_ar, "letters-confirm-ar-360")
    phone_ar.locator("main button[type=submit]").click()
    expect(phone_ar.locator("h1")).not_to_be_empty()
    assert Subscriber.objects.confirmed().get().languages == ["ar"]


def _build(page, seen, enter):
    enter(page, person_with(Role.CURATION, email="maker@example.org"))
    page.goto("/en/desk/newsletter/")
    seen(page, "letters-desk")
    page.get_by_role("link", name="Begin an issue").click()
    page.get_by_label("Title").fill("News of May")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Titles, introductions and topics").click()
    page.locator("summary", has_text="Arabic").click()
    page.get_by_label("Title (Arabic)").fill("أخبار مايو")
    page.get_by_label("Introduction (English)").fill("Dear reader, here is what is coming.")
    seen(page, "letters-texts")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add content").click()
    for title in ("Webinar on courts", "Training on tracing firearms"):
        page.get_by_role("searchbox", name="Search all that is public").fill(title.split()[0])
        page.get_by_role("searchbox", name="Search all that is public").press("Enter")
        page.get_by_role("button", name=f"Add {title}").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"“{title}” is in the issue.")).to_be_visible()
    seen(page, "letters-pick")
    page.get_by_role("link", name="Back to the issue").click()
    page.get_by_role("button", name="Move “Training on tracing firearms” up").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".letter-items li").first).to_contain_text("Training on tracing firearms")
    seen(page, "letters-issue")
    page.get_by_role("link", name="Arabic").click()
    expect(page.locator("pre")).to_have_attribute("dir", "rtl")
    seen(page, "letters-preview-ar")
    page.get_by_role("link", name="Open the e-mail as HTML").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/letters-mail-ar.png", full_page=True)
    page.go_back()
    page.get_by_role("link", name="News of May").click()


def _send(page, seen):
    page.get_by_role("link", name="Send it").click()
    expect(page.get_by_role("heading", name="It would reach 1 subscriber")).to_be_visible()
    page.get_by_label("Now").check()
    seen(page, "letters-send")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("“News of May” goes to 1 subscriber now.")).to_be_visible()
    seen(page, "letters-confirm")
    page.get_by_role("button", name="Yes, send it").click()
    expect(page.get_by_text("The issue is on its way, and in the archive.")).to_be_visible()
    newsletter_actions.go_on()
    seen(page, "letters-sending")
    letter = deliver_all()[-1]
    assert (letter.to, letter.subject) == (["reader@example.org"], "أخبار مايو")
    newsletter_actions.go_on()
    page.reload()
    expect(page.locator("#progress")).to_contain_text("Outcome")
    seen(page, "letters-sent")

    return letter


def _read_and_leave(phone_ar, seen, letter):
    phone_ar.goto(path_in(letter.body, r"\d"))
    expect(phone_ar.locator("h1")).to_have_text("أخبار مايو")
    seen(phone_ar, "letters-page-ar-360")
    phone_ar.goto(path_in(letter.extra_headers["List-Unsubscribe"].strip("<>"), "leave/"))
    seen(phone_ar, "letters-leave-ar-360")
    phone_ar.locator("main button[type=submit]").click()
    phone_ar.wait_for_load_state()
    expect(phone_ar.locator("main button[type=submit]")).to_have_count(0)
    assert not Subscriber.objects.exists()
