"""A choice among many: typed into by keyboard, in Arabic, and a plain list without script."""

import re

import pytest
from playwright.sync_api import expect

from stakeholders.applications.models import Application
from tests.browser.picking import pick
from tests.factories.accounts import UserFactory
from tests.factories.stakeholders import full_draft


@pytest.fixture
def applicant():
    return UserFactory()


@pytest.fixture
def how(applicant):
    """The step of a registration that asks for countries, languages and articles."""
    application = full_draft(applicant)
    application.works_in.clear()
    application.languages.clear()
    return f"stakeholders/applications/{application.pk}/how/"


def stored_choices() -> tuple[set[str], set[str]]:
    application = Application.objects.get()
    return (
        set(application.works_in.values_list("pk", flat=True)),
        set(application.languages.values_list("pk", flat=True)),
    )


def at(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.innerText.trim()")


def test_countries_are_picked_by_keyboard_alone(page, enter, applicant, how, axe):
    enter(page, applicant)
    page.goto(f"/en/{how}")
    box = page.get_by_role("combobox", name="Countries of activity")
    box.focus()
    page.keyboard.type("cote")  # without the sign over the letter
    expect(page.get_by_role("option", name="Côte d'Ivoire")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-activedescendant")
    axe(page)
    page.keyboard.press("Enter")
    status = page.locator(".picker [role=status]").first
    expect(status).to_have_text("Added: Côte d'Ivoire")
    pick(page, "Countries of activity", "egypt", "peru")
    page.keyboard.press("Backspace")
    expect(status).to_have_text("Removed: Peru")
    expect(box).to_have_accessible_description(re.compile("Chosen: Côte d'Ivoire; Egypt"))
    page.keyboard.press("Enter")  # chooses nothing, so it does nothing
    expect(page.get_by_role("heading", level=1)).to_have_text("How and where you work")
    page.keyboard.type("xyz")
    expect(page.get_by_text("Nothing found").first).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")

    # One stop of the Tab key for each, then the button.
    page.keyboard.press("Tab")
    assert at(page) == "id_languages"
    page.keyboard.press("Tab")
    assert at(page) == "id_articles"
    page.keyboard.press("Tab")
    assert at(page) == "Save and continue"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/how/"))
    assert stored_choices()[0] == {"CIV", "EGY"}


def test_a_chip_is_taken_away_by_a_tap_in_arabic(phone_ar, enter, applicant, how, axe):
    enter(phone_ar, applicant)
    phone_ar.goto(f"/ar/{how}")
    box = phone_ar.locator("#id_languages")
    box.click()
    # The six languages of the United Nations come first.
    expect(phone_ar.get_by_role("option")).to_have_count(174)
    assert phone_ar.get_by_role("option").first.get_attribute("data-value") in {
        "ar",
        "en",
        "es",
        "fr",
        "ru",
        "zh",
    }
    axe(phone_ar)
    phone_ar.keyboard.press("Escape")
    for word in ("سواحلي", "فرنسي"):
        box.fill(word)
        box.press("Enter")
    box.click()
    expect(phone_ar.get_by_role("option")).to_have_count(172)
    box.click()
    expect(phone_ar.get_by_role("option")).to_have_count(0)
    chips = phone_ar.locator(".picker-item")
    expect(chips).to_have_count(2)
    first, second = (chip.bounding_box() for chip in chips.all())
    assert first["x"] > second["x"] or first["y"] < second["y"]
    axe(phone_ar)
    chips.first.get_by_role("button").tap()
    expect(chips).to_have_count(1)
    phone_ar.locator("main button[type=submit]").first.click()
    phone_ar.wait_for_url(lambda url: not url.endswith("/how/"))
    assert stored_choices()[1] == {"fr"}


def test_without_script_it_is_a_list_that_says_how_to_choose_several(
    browser, browser_context_args, enter, applicant, how, axe
):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    enter(page, applicant)
    page.goto(f"/en/{how}")
    expect(page.get_by_text("To choose several, hold Ctrl").first).to_be_visible()
    page.get_by_label("Countries of activity").select_option(["KEN", "UGA"])
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(lambda url: not url.endswith("/how/"))
    assert stored_choices()[0] == {"KEN", "UGA"}
    context.close()


def test_the_time_zone_of_the_device_is_suggested_by_its_present_name(browser, browser_context_args):
    context = browser.new_context(**browser_context_args, timezone_id="Asia/Calcutta")
    page = context.new_page()
    page.goto("/en/accounts/signup/")
    expect(page.locator("[name=time_zone]")).to_have_value("Asia/Kolkata")
    expect(page.locator(".picker .item")).to_have_text("Kolkata (Asia/Kolkata)")
    pick(page, "Time zone", "nairobi")
    expect(page.locator("[name=time_zone]")).to_have_value("Africa/Nairobi")
    context.close()
