"""A participant registers, waits, is offered a place, accepts, and is counted in on a phone."""

import os
import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from events.events.models import Event
from events.registrations import actions as registrations_actions
from events.registrations.actions_clock import care_for_queues, issue_certificates
from events.registrations.models import Registration
from tests.factories.accounts import UserFactory, person_with
from tests.factories.events import EventFactory
from tests.factories.registrations import RegistrationQuestionFactory, RulesFactory

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.fixture
def rules(live_server):
    event = EventFactory(
        title="Training on tracing firearms",
        kind="training",
        country_id="AUT",
        starts_at=now() + timedelta(days=20),
        ends_at=now() + timedelta(days=20, hours=4),
    )
    row = RulesFactory(event=event, seats_in_person=1, gives_certificate=True, guidance="Bring a computer.")
    RegistrationQuestionFactory(rules=row, text="What do you work on?", is_required=True)
    RegistrationQuestionFactory(rules=row, text="What can you not eat?", stage="seated", is_sensitive=True)
    return row


@pytest.fixture
def phone(browser, browser_context_args):
    context = browser.new_context(**{**browser_context_args, "viewport": {"width": 360, "height": 740}})
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.journey("register for an event")
@pytest.mark.behaviour("E-17", "E-20")
def test_from_the_form_to_the_door(phone, page, enter, look_at, rules):
    event, first = rules.event, registrations_actions.register(rules, actor=UserFactory(), mode="in_person")
    person, desk = UserFactory(name="Amina Haile"), person_with(Role.EVENTS)
    enter(phone, person)
    phone.goto(f"/en/events/{event.pk}-{event.slug}/")
    look_at(phone, "event")
    phone.get_by_role("link", name="Join the waiting list", exact=True).first.click()
    look_at(phone, "register")
    phone.get_by_role("button", name="Join the waiting list", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("Please check what you entered")
    look_at(phone, "register-errors")
    phone.get_by_label("What do you work on?").fill("Firearms")
    phone.get_by_label("Confirmed participants").check()
    phone.get_by_label("The organizers may use this information").check()
    phone.get_by_role("button", name="Join the waiting list", exact=True).click()
    expect(phone.get_by_text("You are the next on the waiting list.")).to_be_visible()
    look_at(phone, "waiting")
    registrations_actions.cancel(first, actor=first.user)
    phone.reload()
    expect(phone.get_by_text("A place is reserved for you until")).to_be_visible()
    look_at(phone, "offered")
    phone.get_by_role("button", name="Accept the place").click()
    expect(phone.get_by_text("You have a confirmed place.")).to_be_visible()
    phone.get_by_label("What can you not eat?").fill("Nuts")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Your changes are saved.")).to_be_visible()
    expect(phone.get_by_role("img", name="Code for check-in")).to_be_visible()
    look_at(phone, "confirmed")
    registration = Registration.objects.get(user=person)

    # The desk's phone opens what the code holds.
    page.set_viewport_size({"width": 360, "height": 740})
    enter(page, desk)
    page.goto(f"/en/desk/events/{event.pk}/check-in/?code={registration.code}")
    expect(page.get_by_text("0 of 1 person is checked in.")).to_be_visible()
    look_at(page, "checkin")
    page.get_by_role("button", name=re.compile("Check in.*Amina Haile")).click()
    expect(page.get_by_text("1 of 1 person is checked in.")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("amina")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_text(f"by {desk.name}")).to_be_visible()
    look_at(page, "counted")
    Event.objects.filter(pk=event.pk).update(
        starts_at=now() - timedelta(hours=5), ends_at=now() - timedelta(hours=1)
    )
    assert care_for_queues() == 0
    assert issue_certificates() == 1
    phone.reload()
    phone.get_by_role("link", name="Certificate of attendance").click()
    expect(phone.locator(".certificate-name")).to_have_text("Amina Haile")
    look_at(phone, "certificate")
    phone.get_by_role("link", name="Anybody can check it here").click()
    phone.get_by_role("button", name="Check", exact=True).click()
    expect(phone.get_by_text("This certificate is valid.")).to_be_visible()
    look_at(phone, "checked")


@pytest.mark.behaviour("E-18")
def test_the_desk_sets_it_up_decides_and_declines_in_two_directions(page, phone_ar, enter, look_at, rules):
    desk, event = person_with(Role.EVENTS), rules.event
    rules.admission = "approval"
    rules.save()
    person = UserFactory(name="Amina Haile", language="ar")
    registration = registrations_actions.register(rules, actor=person, mode="in_person", shown="everyone")
    enter(page, desk)
    page.goto(f"/en/desk/events/{event.pk}/")
    look_at(page, "desk-event")
    page.get_by_role("link", name="See the registrations").click()
    look_at(page, "desk-list")
    page.get_by_role("link", name="Registration settings").click()
    look_at(page, "desk-rules")
    page.get_by_role("link", name="Questions", exact=True).click()
    look_at(page, "desk-questions")
    page.get_by_role("link", name="Reminders", exact=True).click()
    look_at(page, "desk-reminders")
    page.get_by_role("link", name="Registrations", exact=True).first.click()
    page.get_by_role("link", name="Amina Haile").click()
    look_at(page, "desk-one")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved. The place is confirmed")).to_be_visible()
    enter(phone_ar, person)
    phone_ar.goto(f"/ar/events/registrations/{registration.pk}/")
    look_at(phone_ar, "own-ar")
    phone_ar.goto(f"/ar/events/{event.pk}-{event.slug}/participants/")
    look_at(phone_ar, "participants-ar")
    page.get_by_label("Reason").select_option("places")
    page.get_by_role("button", name="Take the place back").click()
    expect(page.get_by_text("Declined. The person is informed")).to_be_visible()
    phone_ar.goto(f"/ar/events/registrations/{registration.pk}/")
    look_at(phone_ar, "declined-ar")
