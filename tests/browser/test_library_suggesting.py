"""A member suggests a resource, is asked, mends it, and it is published."""

import os
import re

from playwright.sync_api import expect

from accounts.people.enums import Role
from resources.curation.models import Guidance
from resources.records.models import Resource
from tests.browser.picking import pick
from tests.factories.accounts import person_with
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")


def test_a_member_suggests_is_asked_mends_and_is_published(page, phone_ar, enter, look_at):  # noqa: PLR0915
    author = member_of(StakeholderFactory(name="Port Watch"), name="Amina Said")
    desk = person_with(Role.CURATION, name="Curator")
    Guidance.objects.create(
        field="abstract", text="Three to six sentences.", translations={"ar": {"text": "من ثلاث إلى ست جمل."}}
    )
    enter(page, author)
    page.goto("/en/resources/suggest/")
    look_at(page, "01-suggest")
    page.get_by_label("Address (optional)").fill("https://example.org/ports")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".error-summary a").first).to_be_visible()
    look_at(page, "02-wrong")
    page.get_by_label("Toolkit", exact=True).check()
    page.get_by_label("Title", exact=True).first.fill("Toolkit for ports")
    expect(page.locator("[data-autosave-told]")).to_have_text(re.compile(r"^Saved at"))
    assert Resource.objects.get().title == "Toolkit for ports"
    page.locator("summary", has_text="How to fill in: Abstract").click()
    expect(page.get_by_text("Three to six sentences.")).to_be_visible()
    page.get_by_label("Abstract", exact=True).first.fill("For those who watch ports.")
    pick(page, "Topics", "corruption")
    look_at(page, "03-written")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Everybody", exact=True).check()
    look_at(page, "03-checked")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("It has been submitted.")).to_be_visible()
    look_at(page, "04-sent")

    enter(page, desk)
    page.goto("/en/desk/resources/")
    look_at(page, "05-queue")
    page.get_by_role("link", name="Toolkit for ports").click()
    page.get_by_role("button", name="Assign to me").click()
    look_at(page, "06-record")
    page.get_by_role("link", name="Put on hold").click()
    page.locator("#move-hold").get_by_label("Publisher").fill("Who publishes it?")
    look_at(page, "07-hold")
    page.get_by_role("button", name="Put it on hold").click()

    resource = Resource.objects.get()
    enter(phone_ar, author)
    phone_ar.goto(f"/ar/resources/suggestions/{resource.pk}/")
    look_at(phone_ar, "08-asked-ar")
    phone_ar.goto(f"/ar/resources/suggestions/{resource.pk}/write/")
    look_at(phone_ar, "09-answer-ar")
    enter(page, author)
    page.goto(f"/en/resources/suggestions/{resource.pk}/")
    page.get_by_role("link", name="Answer").click()
    page.get_by_label("Publisher").fill("Port Press")
    page.get_by_role("button", name="Check and go on").click()
    page.get_by_role("button", name="Send the answers").click()

    enter(page, desk)
    page.goto(f"/en/desk/resources/{resource.pk}/publish/")
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("The resource is published.")).to_be_visible()
    look_at(page, "10-published")
    resource.refresh_from_db()
    assert (resource.status, resource.publisher) == ("published", "Port Press")
    phone_ar.goto(f"/ar/resources/suggestions/{resource.pk}/")
    expect(phone_ar.locator(".state-done")).to_be_visible()
