"""A visitor narrows the calendar by keyboard and takes an event home; a member's event goes to and fro."""

import os
import re
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from accounts.people.enums import Role
from events.events.models import Event
from events.events.models_sources import EventDocument
from tests.factories.accounts import person_with
from tests.factories.events import EventFactory
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.fixture
def some(live_server):
    start = now().replace(hour=8, minute=0, second=0, microsecond=0)
    congress = EventFactory(
        title="Congress on crime prevention",
        country_id="AUT",
        mode="hybrid",
        whole_days=True,
        starts_at=start + timedelta(days=40),
        ends_at=start + timedelta(days=45),
        venue="Conference Centre",
    )
    training = EventFactory(
        kind="training",
        title="Training on tracing firearms",
        country_id="KEN",
        city="Nairobi",
        zone="Africa/Nairobi",
        starts_at=start + timedelta(days=20),
        ends_at=start + timedelta(days=20, hours=3),
        organizer=StakeholderFactory(name="Coastal Watch"),
        about="Two hours for those who **trace** firearms.",
    )
    EventFactory(
        title="Cancelled session", status="cancelled", country_id="AUT", starts_at=start + timedelta(days=22)
    )
    training.topics.set(["firearms"])
    training.languages.set(["en", "fr"])
    return congress, training


@pytest.mark.journey("keyboard alone")
@pytest.mark.behaviour("E-11")
def test_a_visitor_narrows_the_calendar_by_keyboard_and_takes_an_event_home(page, look_at, some):
    _congress, training = some
    page.goto("/en/events/")
    look_at(page, "events-list")
    page.get_by_role("checkbox", name="Training 1").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("link", name="Remove filter: Training")).to_be_visible()
    expect(page.get_by_role("link", name="Upcoming (1)")).to_be_visible()
    expect(page.locator("#said")).to_have_text("1 event")
    assert page.url.endswith("/en/events/?kind=training")
    look_at(page, "events-filtered")
    page.get_by_role("link", name=training.title).focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(training.title)
    page.get_by_label("Your time zone").select_option("Asia/Kathmandu")
    page.get_by_role("button", name="Show times").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("your time:").first).to_be_visible()
    look_at(page, "events-event")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Add to my calendar").focus()
        page.keyboard.press("Enter")
    (entry,) = icalendar.Calendar.from_ical(Path(taken.value.path()).read_bytes()).walk("VEVENT")
    assert str(entry["SUMMARY"]) == training.title
    page.goto("/en/events/agenda/")
    look_at(page, "events-agenda")
    first = training.starts_at.date()
    page.goto(f"/en/events/month/{first.year}/{first.month}/")
    look_at(page, "events-month")
    page.emulate_media(color_scheme="dark")
    look_at(page, "events-month-dark")
    page.goto("/en/")
    look_at(page, "events-home")


def test_a_visitor_reads_the_calendar_in_arabic_on_a_phone(phone_ar, look_at, some):
    _congress, training = some
    phone_ar.goto("/ar/events/")
    look_at(phone_ar, "events-list-ar")
    first = training.starts_at.date()
    phone_ar.goto(f"/ar/events/month/{first.year}/{first.month}/")
    look_at(phone_ar, "events-month-ar")
    phone_ar.goto("/ar/events/agenda/")
    look_at(phone_ar, "events-agenda-ar")
    phone_ar.goto(f"/ar/events/{training.pk}-{training.slug}/")
    expect(phone_ar.locator("h1")).to_contain_text(training.title)
    look_at(phone_ar, "events-event-ar")


@pytest.mark.behaviour("E-13")
def test_an_event_goes_from_its_member_to_the_desk_and_back(page, enter, look_at, live_server):
    watch = StakeholderFactory(name="Coastal Watch")
    member, desk = member_of(watch), person_with(Role.EVENTS)
    enter(page, member)
    page.goto("/en/events/")
    page.get_by_role("link", name="Put an event on the calendar").click()
    go_on = page.get_by_role("button", name="Save and continue")
    go_on.click()
    page.locator("#error-summary").wait_for()
    look_at(page, "events-own-wrong")
    page.get_by_label("Webinar", exact=True).check()
    page.get_by_label("Title", exact=True).fill("Webinar on the coast")
    page.get_by_label("Description").fill("An hour for everybody who works along the coast.")
    go_on.click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    page.get_by_label("First day").fill((localdate() + timedelta(days=30)).isoformat())
    page.get_by_label("Begins at").fill("14:00")
    page.get_by_label("Ends at").fill("15:30")
    look_at(page, "events-own-when")
    go_on.click()
    page.get_by_label("Online", exact=True).check()
    go_on.click()
    page.get_by_role("heading", level=1, name="Topics and languages").wait_for()
    go_on.click()
    page.get_by_role("heading", level=1, name="Check your answers").wait_for()
    look_at(page, "events-own")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("The event has been submitted. You")).to_be_visible()
    event = Event.objects.get()

    _the_desk_returns_it(page, enter, look_at, desk)
    _the_member_mends_it(page, enter, look_at, member)
    _the_desk_publishes_it(page, enter, look_at, desk, event)
    page.context.clear_cookies()
    page.goto("/en/events/")
    expect(page.get_by_role("link", name="Webinar on the coast")).to_be_visible()


def _the_desk_returns_it(page, enter, look_at, desk):
    enter(page, desk)
    page.goto("/en/desk/events/")
    look_at(page, "events-desk-home")
    page.get_by_role("link", name="Webinar on the coast").click()
    look_at(page, "events-desk-event")
    page.get_by_role("link", name="Return for changes").click()
    page.get_by_role("textbox", name="Description").fill("Is it free of charge?")
    look_at(page, "events-desk-return")
    page.get_by_role("button", name="Return it").click()
    expect(page.get_by_text("The event was returned to its")).to_be_visible()


def _the_member_mends_it(page, enter, look_at, member):
    enter(page, member)
    page.goto("/en/me/")
    page.get_by_role("link", name="Answer").click()
    expect(page.get_by_text("Is it free of charge?").first).to_be_visible()
    page.get_by_role("link", name="Edit the event").click()
    look_at(page, "events-own-mend")
    page.get_by_label("Description").fill("An hour for everybody who works along the coast. It is free.")
    page.get_by_role("button", name="Save and finish later").click()
    page.get_by_role("button", name="Submit it again").click()
    page.goto("/en/events/mine/")
    page.get_by_role("button", name="Create an address").click()
    expect(page.get_by_label("Address", exact=True)).to_have_value(
        re.compile(r"/en/events/mine/[\w-]{43}\.ics$")
    )
    look_at(page, "events-address")


def _the_desk_publishes_it(page, enter, look_at, desk, event):
    enter(page, desk)
    page.goto(f"/en/desk/events/{event.pk}/")
    page.get_by_role("link", name="Publish", exact=True).click()
    look_at(page, "events-desk-publish")
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("The event is published.")).to_be_visible()
    page.goto("/en/desk/events/new/")
    look_at(page, "events-desk-new")
    page.goto(f"/en/desk/events/{event.pk}/move/")
    look_at(page, "events-desk-move")


def test_the_desk_keeps_documents_and_numbers_of_an_event(page, phone_ar, enter, look_at):
    event = EventFactory(title="Session of 2024", code="session-2024")
    EventDocument.objects.create(
        event=event, symbol="A/1", title="Report", source="UNODC", source_date="2026-11-28", code="one"
    )
    desk = person_with(Role.EVENTS)
    enter(page, desk)
    page.goto(f"/en/desk/events/{event.pk}/")
    page.get_by_role("link", name="Add a number").click()
    page.get_by_role("button", name="Save the number").click()
    page.locator("#error-summary").wait_for()
    look_at(page, "events-number-wrong")
    page.get_by_label("What was counted").fill("participants")
    page.get_by_label("Number").fill("1500")
    page.get_by_label("Precision of the source").select_option("about")
    page.get_by_label("Who counted").fill("UNODC")
    page.get_by_label("Read on").fill("2026-11-29")
    page.get_by_role("button", name="Save the number").click()
    expect(page.get_by_role("heading", name="about 1,500 participants")).to_be_visible()
    page.get_by_role("link", name="Edit : A/1").click()
    page.get_by_label("Title").fill("Report of the session")
    page.get_by_role("button", name="Save the document").click()
    expect(page.get_by_text("edited by the desk")).to_be_visible()
    look_at(page, "events-desk-sources")
    page.set_viewport_size({"width": 360, "height": 740})
    look_at(page, "events-desk-sources-360")
    enter(phone_ar, desk)
    phone_ar.goto(f"/ar/desk/events/{event.pk}/")
    look_at(phone_ar, "events-desk-sources-ar")
    page.get_by_role("button", name="Remove : A/1").click()
    expect(page.get_by_text("No document is recorded.")).to_be_visible()
