"""A member writes to a stakeholder and its people answer, without anybody's address; the desk merges two."""

import os
import re

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from stakeholders.contact.models import Conversation
from stakeholders.entries.models import Stakeholder
from stakeholders.introductions import actions as introductions
from tests.factories.accounts import UserFactory, person_with
from tests.factories.claims import listed_entry
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.fixture
def entry(live_server):
    return StakeholderFactory(name="Harbour Observatory", city="Mombasa", mission="We watch harbours.")


def test_a_member_writes_and_the_entry_answers_in_arabic_on_a_phone(page, phone_ar, enter, look_at, entry):
    admin = member_of(entry, name="Amina Njeri", language="ar")
    writer = member_of(StakeholderFactory(name="Coastal Watch"), name="Bea Writer")
    enter(page, writer)
    page.goto(entry.get_absolute_url())
    look_at(page, "contact-profile")
    page.get_by_role("link", name=re.compile("^Contact ?: ")).click()
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_role("heading", name="Please check what you entered")).to_be_visible()
    look_at(page, "contact-wrong")
    page.get_by_label("What it is about").fill("Working together")
    page.get_by_label("Your message").fill("Shall we talk? https://coastal.example")
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_text("Your message is on its way")).to_be_visible()
    look_at(page, "contact-sent")
    conversation = Conversation.objects.get()

    enter(phone_ar, admin)
    phone_ar.goto(f"/ar/stakeholders/{entry.pk}/manage/")
    look_at(phone_ar, "contact-manage-ar")
    phone_ar.goto(f"/ar/stakeholders/{entry.pk}/manage/contact/")
    look_at(phone_ar, "contact-settings-ar")
    phone_ar.goto("/ar/stakeholders/messages/")
    look_at(phone_ar, "contact-list-ar")
    phone_ar.locator(f'a[href="/ar/stakeholders/messages/{conversation.pk}/"]').click()
    look_at(phone_ar, "contact-conversation-ar")
    assert phone_ar.locator('main a[href*="coastal.example"]').count() == 0
    phone_ar.locator('textarea[name="text"]').fill("نعم، يوم الاثنين.")
    phone_ar.locator("main form.form-column button[type=submit]").click()
    expect(phone_ar.get_by_text("نعم، يوم الاثنين.")).to_be_visible()
    phone_ar.locator(f'a[href="/ar/stakeholders/messages/{conversation.pk}/report/"]').click()
    phone_ar.locator("main form button[type=submit]").click()
    look_at(phone_ar, "contact-report-ar")

    page.reload()
    expect(page.get_by_text("نعم، يوم الاثنين.")).to_be_visible()
    expect(page.get_by_text("Amina Njeri")).to_have_count(0)
    page.goto("/en/stakeholders/messages/")
    look_at(page, "contact-list")


def test_the_text_of_an_introduction_is_copied(page, context, enter, look_at, live_server):
    entry = listed_entry(name="Quiet Harbour", country_id="KEN")
    holder = person_with(Role.VETTING)
    introductions.hold_task(actor=holder, days=7)
    introduction = introductions.ask_for_introduction(
        entry, actor=UserFactory(), background="A journalist", purpose="A report", text="May we visit?"
    )
    enter(page, holder)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(introduction.get_absolute_url())
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_role("status").get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#to-pass-on").input_value()
    look_at(page, "introduction-to-pass-on")


@pytest.mark.parametrize("reader", ("english", "arabic"))
def test_the_desk_merges_two_entries(request, reader, enter, look_at, entry):
    arabic = reader == "arabic"
    page, language = request.getfixturevalue("phone_ar" if arabic else "page"), "ar" if arabic else "en"
    other = StakeholderFactory(name="Harbour Observatory Kenya", acronym="HOK", website="https://hok.example")
    member_of(other)
    enter(page, person_with(Role.VETTING, language=language))
    page.goto(f"/{language}/desk/vetting/stakeholders/{other.pk}/")
    page.locator(f'a[href$="/merge/{other.pk}/"]').click()
    page.locator("main input[name=q]").fill("harbour")
    page.locator("main form button[type=submit]").click()
    look_at(page, f"merge-choose-{language}")
    page.locator(f'a[href$="/merge/{other.pk}/{entry.pk}/"]').click()
    look_at(page, f"merge-compare-{language}")
    page.locator("main form button[type=submit]").click()
    page.locator("#error-summary").wait_for()
    look_at(page, f"merge-wrong-{language}")
    page.locator('textarea[name="reason"]').fill("The same body, listed twice.")
    page.locator('input[name="sure"]').check()
    page.locator("main form button[type=submit]").click()
    page.locator(".notice-success").wait_for()
    look_at(page, f"merge-done-{language}")
    assert Stakeholder.objects.get(pk=other.pk).merged_into == entry
    page.goto(f"/{language}/stakeholders/{other.pk}/")
    page.wait_for_url(f"**/{language}/stakeholders/{entry.pk}-**")
    page.goto(f"/{language}/desk/vetting/stakeholders/{other.pk}/")
    look_at(page, f"merge-old-{language}")
