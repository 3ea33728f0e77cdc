"""The desk suspends an entry and lifts it; its people find it lapsed and bring it back."""

import os
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from stakeholders.entries.models import Stakeholder
from stakeholders.standing.actions import care_for_confirmations
from tests.factories.accounts import person_with
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.fixture
def entry(live_server):
    return StakeholderFactory(
        name="Harbour Observatory",
        city="Mombasa",
        website="https://harbour.example",
        mission="We watch harbours and tell who stands behind the cargo.",
        mission_language_id="en",
    )


@pytest.mark.behaviour("D-05")
def test_the_desk_suspends_and_lifts(page, enter, look_at, entry):
    member_of(entry, name="Amina Njeri")
    enter(page, person_with(Role.VETTING, name="Vera Vetter"))
    page.goto(entry.get_absolute_url())
    page.get_by_role("link", name="Status and history").click()
    look_at(page, "desk-standing")
    page.get_by_text("Suspend", exact=True).first.click()
    page.get_by_role("button", name="Suspend").click()
    expect(page.get_by_role("heading", name="Please check what you entered")).to_be_visible()
    look_at(page, "desk-standing-wrong")
    page.locator("details[open]").get_by_label("Breach of the terms of use").check()
    page.locator("details[open]").get_by_label("Note to the people of the profile").fill(
        "You sold places at an event."
    )
    page.get_by_role("button", name="Suspend").click()
    expect(page.get_by_text("Vera Vetter suspended the profile")).to_be_visible()
    look_at(page, "desk-suspended")
    page.get_by_text("Lift the suspension", exact=True).first.click()
    page.locator("details[open]").get_by_label("Note to the people of the profile").fill("They paid it back.")
    page.get_by_role("button", name="Lift the suspension").click()
    expect(page.get_by_text("Vera Vetter lifted the suspension")).to_be_visible()
    assert Stakeholder.objects.get(pk=entry.pk).status == "active"


@pytest.mark.behaviour("D-15")
@pytest.mark.parametrize("reader", ("english", "arabic"))
def test_an_administrator_brings_a_lapsed_entry_back(request, reader, enter, look_at, entry):
    arabic = reader == "arabic"
    page, language = request.getfixturevalue("phone_ar" if arabic else "page"), "ar" if arabic else "en"
    year = now() - timedelta(days=400)
    Stakeholder.objects.filter(pk=entry.pk).update(
        approved_at=year, confirmed_at=year, lapses_at=now() - timedelta(days=1)
    )
    admin = member_of(entry, language=language)
    assert care_for_confirmations().lapsed == 1
    enter(page, admin)
    page.goto(f"/{language}/me/")
    look_at(page, f"me-lapsed-{language}")
    page.locator("main .work-line a.btn").click()
    look_at(page, f"confirm-{language}")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".notice-success")).to_contain_text("Harbour Observatory")
    look_at(page, f"me-confirmed-{language}")
    assert Stakeholder.objects.get(pk=entry.pk).status == "active"
    page.goto(f"/{language}/stakeholders/{entry.pk}/withdraw/")
    look_at(page, f"withdraw-{language}")
