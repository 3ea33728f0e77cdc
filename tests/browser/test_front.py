"""From the front page to one's own work and the desk, on a phone in Arabic and on a wide screen."""

import os
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from stakeholders.exchange.models import Offer
from tests.factories.accounts import person_with
from tests.factories.calls import CallFactory, draft_for
from tests.factories.events import EventFactory
from tests.factories.news import StoryFactory
from tests.factories.resources import ResourceFactory
from tests.factories.stakeholders import StakeholderFactory, member_of, sent_application

SHOTS = os.environ.get("WHATSON_SHOTS", "")
pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_front_page_to_what_waits(phone_ar, page, enter, axe):
    watch = StakeholderFactory(name="مرصد الساحل", city="لامو", country_id="KEN")
    member = member_of(watch)
    EventFactory(title="Congress of the coast")
    StoryFactory(title="How the coast is watched", stakeholder=watch)
    ResourceFactory(title="A toolkit for ports")
    call = CallFactory(title="What do courts need?", closes_at=now() + timedelta(days=9))
    draft_for(call, watch)
    EventFactory(title="Our webinar", organizer=watch, status="returned", has_programme=False)
    Offer.objects.create(stakeholder=watch, direction="need", topic_id="firearms", text="A course")
    Offer.objects.create(
        stakeholder=StakeholderFactory(name="Training House"),
        direction="offer",
        topic_id="firearms",
        text="Courses",
    )
    sent_application(name="Harbour Observatory")

    phone_ar.goto("/ar/")
    for title in (
        "What do courts need?",
        "Congress of the coast",
        "How the coast is watched",
        "A toolkit for ports",
    ):
        expect(phone_ar.get_by_role("link", name=title).first).to_be_visible()
    axe(phone_ar)
    see(phone_ar, "front-ar")
    enter(phone_ar, member)
    phone_ar.goto("/ar/")
    phone_ar.locator("main .notice a").first.click()
    expect(phone_ar.locator("#tasks + ul .entry-title").first).to_have_text("What do courts need?")
    axe(phone_ar)
    see(phone_ar, "me-ar")
    phone_ar.locator("#tasks + ul a").first.click()
    expect(phone_ar.locator("main")).to_contain_text("What do courts need?")

    page.goto("/en/")
    axe(page)
    see(page, "front")
    enter(page, person_with(Role.HEAD))
    page.goto("/en/desk/figures/")
    expect(page.get_by_role("row", name="Applications 1 1 0 0 0 0 1 0")).to_be_visible()
    axe(page)
    see(page, "desk")


def see(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
