"""The frame in a real browser: menus without script, languages, keyboard, errors, print."""

import re

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from portal.pages.actions import load_pages
from tests.factories.accounts import UserFactory, person_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _trust_pages(transactional_db):
    load_pages()


@pytest.mark.behaviour("X-09")
@pytest.mark.parametrize(
    "address",
    [
        "",
        "about/",
        "privacy/",
        "accessibility/",
        "search/?q=zzz",
        "dev/components/",
        "nowhere/",
        "stakeholders/",
    ],
)
def test_public_pages_have_no_barrier_that_axe_can_find(page, phone_ar, axe, address):
    page.goto(f"/en/{address}")
    axe(page)
    phone_ar.goto(f"/ar/{address}")
    axe(phone_ar)


@pytest.mark.behaviour("X-09")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_components_stand_in_light_and_dark(page, axe, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto("/en/dev/components/")
    axe(page)


@pytest.mark.behaviour("X-01")
def test_the_language_bar_keeps_the_page_and_turns_it_round(page, axe):
    page.goto("/en/terms/")
    page.get_by_role("navigation", name="Language").get_by_role("link", name="العربية").click()
    expect(page).to_have_url(re.compile("/ar/terms/$"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    wordmark, menu = (
        page.locator(".wordmark").bounding_box(),
        page.locator(".main-row .site-search").first.bounding_box(),
    )
    assert wordmark["x"] > menu["x"]
    axe(page)


def test_the_keyboard_reaches_the_content_first(page):
    page.goto("/en/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.behaviour("X-12")
def test_the_menu_of_a_phone_opens_without_script(browser, browser_context_args, axe):
    context = browser.new_context(
        **{**browser_context_args, "viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
    )
    page = context.new_page()
    page.goto("/en/events/")
    expect(page.locator(".narrow-menu-panel")).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    panel = page.locator(".narrow-menu-panel")
    expect(panel.get_by_role("link", name="Stakeholders")).to_be_visible()
    expect(panel.get_by_role("link", name="Sign in")).to_be_visible()
    expect(panel.get_by_role("link", name="Networks")).to_be_hidden()
    panel.get_by_text("More", exact=True).click()
    expect(panel.get_by_role("link", name="Networks")).to_be_visible()
    panel.get_by_role("searchbox").fill("nothing like this")
    panel.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing was found for “nothing like this”")).to_be_visible()
    context.close()


def test_the_account_menu_closes_with_escape_and_signs_out(page, enter, axe):
    enter(page, UserFactory(name="Amina Otieno"))
    page.goto("/en/me/")
    # The second level of the main menu, by keyboard alone: opened, walked, left.
    more = page.locator(".wide-menu .more-menu")
    rows = page.locator(".wide-menu .main-nav > li").evaluate_all(
        "all => new Set(all.map(one => one.offsetTop)).size"
    )
    assert rows == 1
    more.locator("summary").press("Enter")
    axe(page)
    page.keyboard.press("Tab")
    expect(more.get_by_role("link", name="Networks")).to_be_focused()
    page.keyboard.press("Escape")
    expect(more.locator("summary")).to_be_focused()
    more.locator("summary").press("Enter")
    more.get_by_role("link", name="Newsletter").focus()
    page.keyboard.press("Tab")
    expect(more).not_to_have_attribute("open", "")
    menu = page.locator(".account-wide details")
    menu.locator("summary").click()
    axe(page)
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    menu.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()


def test_desk_pages_and_reference_data_have_no_barrier(page, enter, axe):
    enter(page, person_with(Role.ADMINISTRATOR))
    page.goto("/en/desk/")
    axe(page)
    page.goto("/en/admin/portal/page/")
    axe(page)
    page.get_by_role("navigation", name="Language").get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_a_refused_form_leads_to_each_field(page, axe):
    page.goto("/en/accounts/signup/")
    page.locator("main form").evaluate("form => { form.noValidate = true; }")
    page.locator("main").get_by_role("button", name="Create my account").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator("#error-summary").get_by_role("link").first.click()
    expect(page.locator("main input:focus")).to_have_count(1)
    axe(page)


def test_on_paper_there_is_only_the_content(page):
    page.goto("/en/about/")
    page.emulate_media(media="print")
    for part in (".site-header", ".site-footer", ".crumbs", ".skip-link"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
