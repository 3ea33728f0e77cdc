"""The search over everything: by keyboard alone, in Arabic on a phone."""

import re

import pytest
from playwright.sync_api import expect

from search.actions import index
from stakeholders.entries.enums import Kind, Listing
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.behaviour("K-09")
def test_a_visitor_searches_by_keyboard_in_arabic_on_a_phone(phone_ar, axe):
    for name, text in (
        ("مركز العدالة", "إجراءات المُحاكمات العادلة للضحايا"),
        ("مركز النزاهة", "العادلة المحاكمة"),
    ):
        entry = StakeholderFactory(
            name=name,
            mission=text,
            mission_language_id="ar",
            kind=Kind.NGO,
            listing=Listing.PUBLIC,
            country_id="EGY",
        )
        index(entry)
    page = phone_ar
    page.goto("/ar/search/")
    box = page.locator("#page-search")
    box.focus()
    page.keyboard.type("مركز")
    options = page.locator("#page-search-suggestions [role=option]")
    expect(options).to_have_count(2)
    axe(page)
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("مركز")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "page-search-suggestions-1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/ar/stakeholders/"))

    page.goto("/ar/search/")
    page.locator("#page-search").focus()
    page.keyboard.type("محاكمة")
    page.keyboard.press("Enter")
    expect(page.locator(".entry-title")).to_have_count(2)
    tab = page.locator(".search-tabs a").nth(1)
    tab.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".search-tabs [aria-current]")).to_have_attribute("href", re.compile("kind="))
    page.locator("#page-search").fill('"المحاكمات العادلة"')
    page.locator("#page-search").press("Enter")
    expect(page.locator(".entry-title")).to_have_text(["مركز العدالة"])
    expect(page.locator(".entry-text mark").first).to_be_visible()
    axe(page)
