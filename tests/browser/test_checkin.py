"""The entrance of an event: the line breaks, the session ends, a camera reads tickets."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from accounts.people.enums import Role
from events.registrations.models import Registration
from tests.factories.accounts import UserFactory, person_with
from tests.factories.registrations import RulesFactory, registration_in

# A browser that reads codes: `window.ticket` is what its camera sees, `window.refusal` why it has none.
CAMERA = """
    window.BarcodeDetector = class {
      static async getSupportedFormats() { return ["qr_code"]; }
      async detect() { return window.ticket ? [{ rawValue: window.ticket }] : []; }
    };
    HTMLMediaElement.prototype.play = async () => {};
    navigator.mediaDevices.getUserMedia = async () => {
      if (window.refusal) throw new DOMException("", window.refusal);
      return new MediaStream();
    };
"""


@pytest.fixture
def entrance(page, enter):
    """Open the check-in of an event with three confirmed people; return its page and their registrations."""
    rules = RulesFactory()
    names = ("Amina Haile", "Bruno Silva", "Chen Wei")
    people = [registration_in("confirmed", rules=rules, user=UserFactory(name=name)) for name in names]

    def open_page(path=""):
        enter(page, person_with(Role.EVENTS))
        page.goto(f"/en/desk/events/{rules.event.pk}/check-in/{path}")
        expect(page.get_by_text("0 of 3 people are checked in.")).to_be_visible()
        return people

    return open_page


def press(page, name: str, button: str = "Check in") -> None:
    page.get_by_role("button", name=re.compile(f"^{button}.*{name}")).click()


def present() -> list[str]:
    rows = Registration.objects.exclude(attended_at=None).order_by("user__name")
    return list(rows.values_list("user__name", flat=True))


def stored_entries(page) -> int:
    return page.evaluate("localStorage.length")


def test_a_broken_line_loses_no_check_in_and_sends_each_once(page, entrance, look_at):
    entrance()
    page.context.set_offline(True)
    press(page, "Amina Haile")
    waiting = page.locator("[data-checkin-queue]")
    expect(waiting).to_contain_text("Check-ins that wait to be sent: 1")
    expect(waiting).to_contain_text("There is no connection.")
    press(page, "Bruno Silva")
    press(page, "Chen Wei")
    expect(waiting).to_contain_text("Check-ins that wait to be sent: 3")
    press(page, "Chen Wei", "Waits to be sent. Undo")
    expect(waiting).to_contain_text("Check-ins that wait to be sent: 2")
    expect(page.get_by_role("button", name=re.compile("Check in.*Amina"))).to_be_hidden()
    look_at(page, "checkin-offline")
    assert (present(), stored_entries(page)) == ([], 1)
    page.context.set_offline(False)
    expect(page.get_by_text("2 of 3 people are checked in.")).to_be_visible()
    expect(waiting).to_be_hidden()
    expect(page.get_by_text("Bruno Silva is checked in.")).to_be_visible()
    assert (present(), stored_entries(page)) == (["Amina Haile", "Bruno Silva"], 0)
    press(page, "Bruno Silva", "Undo check-in")
    expect(page.get_by_text("1 of 3 people are checked in.")).to_be_visible()
    look_at(page, "checkin-sent")


def test_a_check_in_that_arrived_without_an_answer_is_refused_as_a_double_and_done(page, entrance):
    entrance()
    # The server has it, the answer is lost on the way back.
    page.route("**/check-in/", lambda route: (route.fetch(), route.abort()), times=1)
    press(page, "Amina Haile")
    expect(page.locator("[data-checkin-queue]")).to_contain_text("wait to be sent: 1")
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_text("Amina Haile is already checked in, since")).to_be_visible()
    expect(page.locator("[data-checkin-queue]")).to_be_hidden()
    assert (present(), stored_entries(page)) == (["Amina Haile"], 0)


def test_the_end_of_a_session_loses_nothing_and_signing_out_removes_what_waits(page, entrance, enter):
    entrance()
    cookie = next(c for c in page.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME)
    Session.objects.filter(session_key=cookie["value"]).delete()
    press(page, "Amina Haile")
    waiting = page.locator("[data-checkin-queue]")
    expect(waiting).to_contain_text("You were signed out. Sign in again in another window")
    assert stored_entries(page) == 1
    page.context.add_cookies([cookie])
    enter(page, person_with(Role.EVENTS))
    page.get_by_role("button", name="Send now").click()
    expect(
        page.get_by_text("1 of 3 people is checked in.").or_(page.get_by_text("1 of 3 people are"))
    ).to_be_visible()
    page.context.set_offline(True)
    press(page, "Bruno Silva")
    expect(waiting).to_contain_text("wait to be sent: 1")
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.message), dialog.accept()))
    page.locator(".account-menu summary").first.click()
    page.route("**/logout/", lambda route: route.fulfill(body="signed out"))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("signed out")).to_be_visible()
    assert "Some check-ins are not sent yet." in questions[0]
    assert stored_entries(page) == 0


def test_a_camera_that_reads_tickets_checks_in_and_says_what_is_no_ticket(page, entrance, look_at):
    page.add_init_script(CAMERA)
    amina, bruno, chen = entrance()
    scan = page.get_by_role("button", name="Scan a ticket")
    page.evaluate("window.refusal = 'NotAllowedError'")
    scan.click()
    expect(page.get_by_text("The browser may not use the camera.")).to_be_visible()
    page.evaluate("window.refusal = 'NotFoundError'")
    scan.click()
    expect(page.get_by_text("No camera can be used.")).to_be_visible()
    page.evaluate("window.refusal = ''")
    scan.click()

    def show(text):
        page.evaluate("text => { window.ticket = text; }", text)

    show(f"https://whatson.example/en/desk/events/1/check-in/?code={amina.code}")
    expect(page.get_by_text("Amina Haile is checked in.")).to_be_visible()
    show("https://elsewhere.example/menu")
    expect(page.get_by_text("This is not the code of a ticket.")).to_be_visible()
    show("https://whatson.example/en/desk/events/1/check-in/?code=unknown")
    expect(page.get_by_text("This code belongs to no registration of this event.")).to_be_visible()
    page.context.set_offline(True)
    show(f"https://whatson.example/en/desk/events/1/check-in/?code={bruno.code}")
    expect(page.locator("[data-checkin-queue]")).to_contain_text("wait to be sent: 1")
    page.get_by_label("Code of the ticket").fill(chen.code)
    page.get_by_role("button", name="Find the ticket").click()
    expect(page.locator("[data-checkin-queue]")).to_contain_text("wait to be sent: 2")
    look_at(page, "checkin-scanning")
    page.context.set_offline(False)
    expect(page.get_by_text("3 of 3 people are checked in.")).to_be_visible()
    page.get_by_role("button", name="Stop scanning").click()
    expect(scan).to_be_visible()
    assert stored_entries(page) == 0


def test_without_a_reader_of_codes_no_camera_is_offered(page, entrance):
    page.add_init_script("delete window.BarcodeDetector;")
    entrance()
    expect(page.get_by_role("button", name="Scan a ticket")).to_be_hidden()
