"""News elsewhere and the page on the programme: empty and full, in Arabic on a phone and in English."""

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from news.elsewhere.models import NewsLink
from portal.content import load_content
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("news/", "news/elsewhere/", "about/programme/", "search/?q=SE4U", "networks/")


@pytest.mark.behaviour("X-09")
def test_both_pages_stand_empty_and_full(page, phone_ar, look_at):
    for content in ("empty", "full"):
        if content == "full":
            load_content(["news", "programme"])
        for path in PAGES:
            name = f"{path.partition('?')[0].strip('/').replace('/', '-')}-{content}"
            phone_ar.goto(f"/ar/{path}")
            look_at(phone_ar, f"{name}-ar")
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(f"/en/{path}")
            look_at(page, name)
            page.set_viewport_size({"width": 360, "height": 740})
            look_at(page, f"{name}-360")
    # What an address points at is opened, with and without a click.
    page.goto("/en/about/programme/#whatson")
    expect(page.locator("details:has(:target)")).to_have_attribute("open", "")
    page.get_by_role("link", name="The Review Mechanism").click()
    expect(page.locator("details:has(#review)")).to_have_attribute("open", "")
    link = NewsLink.objects.exclude(note="").first()
    phone_ar.goto(f"/ar/news/elsewhere/{link.pk}/")
    look_at(phone_ar, "elsewhere-link-ar")


def test_the_desk_adds_a_link_and_hides_it(page, enter, look_at):
    load_content(["news"])
    enter(page, person_with(Role.CURATION))
    page.goto("/en/desk/news/elsewhere/")
    look_at(page, "elsewhere-desk")
    page.get_by_role("link", name="Add a link").click()
    page.get_by_role("button", name="Save the link").click()
    page.locator("#error-summary").wait_for()
    look_at(page, "elsewhere-edit-wrong")
    page.get_by_label("Address", exact=True).fill("https://example.org/a-report")
    page.get_by_label("Title", exact=True).fill("A report")
    page.get_by_label("Publisher", exact=True).fill("Example House")
    page.get_by_label("Published").fill("2025-03")
    page.get_by_label("Summary", exact=True).fill("What the house reports.")
    page.get_by_label("Read on").fill("2026-11-28")
    page.get_by_role("button", name="Save the link").click()
    page.get_by_role("link", name="A report", exact=True).click()
    page.set_viewport_size({"width": 360, "height": 740})
    look_at(page, "elsewhere-edit")
    page.get_by_role("button", name="Hide the link").click()
    expect(page.get_by_role("button", name="Show the link again")).to_be_visible()
    page.goto("/en/news/elsewhere/?publisher=Example+House")
    expect(page.get_by_text("is not a choice of the filter “Publisher”")).to_be_visible()
