"""The desk builds and sends an issue; a reader signs up, confirms, gets it and leaves by one click."""

import os
import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.people.enums import Role
from accounts.people.models import Grant
from news.newsletter import actions_sending
from news.newsletter.models import Subscriber
from search.actions import index
from tests.factories.accounts import person_with
from tests.factories.events import EventFactory
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import StakeholderFactory

SHOTS = os.environ.get("WHATSON_SHOTS", "")


def path_in(text: str, part: str) -> str:
    return re.search(rf"https?://[^/\s]+(/\S*newsletter/{part}\S+)", text).group(1)


@pytest.fixture
def some(live_server):
    mail.outbox.clear()
    for title in ("Training on tracing firearms", "Webinar on courts"):
        index(EventFactory(title=title, translations={"ar": {"title": f"عربي {title[:3]}", "about": "نص"}}))
    index(StakeholderFactory(name="Coastal Watch"))


@pytest.mark.journey("newsletter")
@pytest.mark.behaviour("A-20")
def test_an_issue_from_the_desk_to_a_reader_who_leaves_by_one_click(page, phone_ar, look_at, enter, some):
    _subscribe(phone_ar, look_at)
    _build(page, look_at, enter)
    _approve(page, look_at, enter)
    letter = _send(page, look_at)
    _read_and_leave(phone_ar, look_at, letter)


def _subscribe(phone_ar, look_at):
    phone_ar.goto("/ar/newsletter/")
    look_at(phone_ar, "letters-home-ar-360")
    phone_ar.locator("#id_address").fill("reader@example.org")
    phone_ar.locator("#id_agree").check()
    phone_ar.locator("section[aria-labelledby=subscribe] button[type=submit]").click()
    phone_ar.wait_for_url("**/newsletter/asked/")
    look_at(phone_ar, "letters-asked-ar-360")
    phone_ar.goto(path_in(deliver_all()[-1].body, "confirm/"))
    assert not Subscriber.objects.confirmed().exists()
    look_at(phone_ar, "letters-confirm-ar-360")
    phone_ar.locator("main button[type=submit]").click()
    expect(phone_ar.locator("h1")).not_to_be_empty()
    assert Subscriber.objects.confirmed().get().languages == ["ar"]


def _build(page, look_at, enter):
    person_with(Role.HEAD, name="Hana Head")
    enter(page, person_with(Role.CURATION, email="maker@example.org"))
    page.goto("/en/desk/newsletter/")
    look_at(page, "letters-desk")
    page.get_by_role("link", name="Begin an issue").click()
    page.get_by_label("Title").fill("News of May")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Titles, introductions and topics").click()
    page.locator("summary", has_text="Arabic").click()
    page.get_by_label("Title (Arabic)").fill("أخبار مايو")
    page.get_by_label("Introduction (English)").fill("Dear reader, here is what is coming.")
    look_at(page, "letters-texts")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add content").click()
    look_at(page, "letters-pick")
    for title in ("Webinar on courts", "Training on tracing firearms", "Coastal Watch"):
        page.get_by_role("checkbox", name=title).check()
    page.get_by_role("button", name="Add selected items").click()
    expect(page.get_by_text("3 items were added.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Coastal Watch")).to_be_disabled()
    look_at(page, "letters-picked")
    page.get_by_role("link", name="Back to the issue").click()
    _arrange(page, look_at)
    page.get_by_role("link", name="Arabic").click()
    expect(page.locator("pre")).to_have_attribute("dir", "rtl")
    look_at(page, "letters-preview-ar")
    page.get_by_role("link", name="Open the e-mail as HTML").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/letters-mail-ar.png", full_page=True)
    page.go_back()
    page.get_by_role("link", name="News of May").click()


def _arrange(page, look_at):
    """By keyboard the focus stays on the button; by the mouse an item goes to another section."""
    page.bring_to_front()  # else nothing can be dragged on it
    page.set_viewport_size({"width": 1280, "height": 1600})  # nothing scrolls while the mouse is down
    events = page.locator(".letter-order").nth(1)
    expect(events.locator("li")).to_have_text([re.compile("Webinar"), re.compile("Training")])
    up = page.get_by_role("button", name="Move “Training on tracing firearms” up")
    up.focus()
    page.keyboard.press("Enter")
    announced = "“Training on tracing firearms” is now number 1 of 2 in “Events”."
    expect(page.locator("#said")).to_contain_text(announced)
    expect(up).to_be_focused()
    expect(events.locator("li")).to_have_text([re.compile("Training"), re.compile("Webinar")])
    watch = page.locator(".letter-order li", has_text="Coastal Watch")
    watch.drag_to(events.locator("li").nth(1), target_position={"x": 200, "y": 60})
    expect(page.locator("#said")).to_contain_text("“Coastal Watch” is now number 3 of 3 in “Events”.")
    expect(events.locator("li")).to_have_count(3)
    page.set_viewport_size({"width": 1280, "height": 900})
    look_at(page, "letters-issue")


def _approve(page, look_at, enter):
    """Who wrote it asks, another person reads it and approves it."""
    expect(page.get_by_text("You have written in this issue")).to_be_visible()
    expect(page.get_by_role("link", name="Send issue")).to_have_count(0)
    page.get_by_role("button", name="Ask for approval").click()
    look_at(page, "letters-asked")
    enter(page, Grant.objects.get(role=Role.HEAD).user)
    page.goto("/en/desk/")
    page.get_by_role("link", name="Approve issue").click()
    look_at(page, "letters-approval")
    page.get_by_role("button", name="Approve issue").click()
    expect(page.get_by_text("The issue is approved and can be sent.")).to_be_visible()
    look_at(page, "letters-approved")


def _send(page, look_at):
    page.get_by_role("link", name="Send issue").click()
    expect(page.get_by_role("heading", name="It would reach 1 subscriber")).to_be_visible()
    page.get_by_label("Now").check()
    look_at(page, "letters-send")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("“News of May” goes to 1 subscriber now.")).to_be_visible()
    look_at(page, "letters-confirm")
    page.get_by_role("button", name="Yes, send it").click()
    expect(page.get_by_text("The issue is on its way, and in the archive.")).to_be_visible()
    actions_sending.go_on()
    look_at(page, "letters-sending")
    letter = deliver_all()[-1]
    assert (letter.to, letter.subject) == (["reader@example.org"], "أخبار مايو")
    actions_sending.go_on()
    page.reload()
    expect(page.locator("#progress")).to_contain_text("Outcome")
    look_at(page, "letters-sent")

    return letter


def _read_and_leave(phone_ar, look_at, letter):
    phone_ar.goto(path_in(letter.body, r"\d"))
    expect(phone_ar.locator("h1")).to_have_text("أخبار مايو")
    look_at(phone_ar, "letters-page-ar-360")
    phone_ar.goto(path_in(letter.extra_headers["List-Unsubscribe"].strip("<>"), "leave/"))
    look_at(phone_ar, "letters-leave-ar-360")
    phone_ar.locator("main button[type=submit]").click()
    phone_ar.wait_for_load_state()
    expect(phone_ar.locator("main button[type=submit]")).to_have_count(0)
    assert not Subscriber.objects.exists()
