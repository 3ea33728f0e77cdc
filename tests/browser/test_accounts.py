"""Signing in by code, app and passkey; in English on a wide screen and in Arabic on a phone."""

import re

import pytest
from playwright.sync_api import expect

from accounts.people.actions import publish_legal_version
from accounts.people.enums import Legal, Role
from accounts.people.models import User
from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD, UserFactory, code_of, person_with


def newest(address: str) -> Message:
    return Message.objects.filter(address=address).latest("pk")


def press(page, id_or_class: str) -> None:
    page.locator(f"main {id_or_class}").first.click()


@pytest.fixture(params=["english", "arabic"])
def reader_page(request):
    """The same journey at both widths, directions and languages: (page, language)."""
    if request.param == "english":
        return request.getfixturevalue("page"), "en"
    return request.getfixturevalue("phone_ar"), "ar"


def test_somebody_joins_confirms_and_signs_in(reader_page, axe):
    page, language = reader_page
    publish_legal_version(Legal.TERMS, "1")
    page.goto(f"/{language}/accounts/signup/")
    axe(page)
    press(page, "form[action$='signup/'] button[type=submit]")
    page.locator("[name=name]").fill("أمينة Amina")
    page.locator("[name=email]").fill("amina@example.org")
    page.locator("[name=password1]").fill("short")
    page.locator("[name=is_unaffiliated][value=True]").check()
    page.locator("[name=agreed]").check()
    press(page, "form[action$='signup/'] button[type=submit]")
    expect(page.locator(".error-summary a")).to_have_count(1)
    axe(page)
    expect(page.locator("[name=name]")).to_have_value("أمينة Amina")
    page.locator("[name=password1]").fill(PASSWORD)
    press(page, "form[action$='signup/'] button[type=submit]")
    page.wait_for_url(re.compile("/confirm-email/$"))
    axe(page)
    page.goto(newest("amina@example.org").url)
    axe(page)
    press(page, "form button[type=submit]")
    page.wait_for_url(re.compile("/me/$"))
    page.context.clear_cookies()
    page.goto(f"/{language}/accounts/login/")
    axe(page)
    page.locator("[name=login]").fill("Amina@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "form[action$='login/'] button[type=submit]")
    page.wait_for_url(re.compile("/me/$"))
    axe(page)
    assert User.objects.get().language == language


@pytest.mark.behaviour("A-01")
def test_a_code_signs_in(reader_page, axe):
    page, language = reader_page
    UserFactory(email="amina@example.org", language=language)
    page.goto(f"/{language}/accounts/login/")
    page.locator("main a[href$='/login/code/']").click()
    axe(page)
    page.locator("[name=email]").fill("amina@example.org")
    press(page, "form[action*='login/code/'] button[type=submit]")
    page.wait_for_url(re.compile("/code/confirm/$"))
    axe(page)
    page.locator("[name=code]").fill(newest("amina@example.org").facts["code"])
    press(page, "form button[type=submit]")
    page.wait_for_url(re.compile("/me/$"))
    axe(page)


@pytest.mark.behaviour("A-05")
def test_a_passkey_is_added_and_opens_the_desk(reader_page, axe, passkeys):
    page, language = reader_page
    person = person_with(Role.VETTING, language=language)
    passkeys(page)
    page.goto(f"/{language}/desk/")
    page.wait_for_url(re.compile("/login/"))
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "form[action$='login/'] button[type=submit]")
    page.wait_for_url(re.compile("/2fa/$"))
    axe(page)
    press(page, "a[href$='/webauthn/add/']")
    page.wait_for_url(re.compile("/reauthenticate/"))
    axe(page)
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "form button[type=submit]")
    page.wait_for_url(re.compile("/webauthn/add/"))
    axe(page)
    page.locator("[name=name]").fill("My phone")
    page.locator("[name=passwordless]").check()
    press(page, "#mfa_webauthn_add")
    page.wait_for_url(re.compile("/2fa/recovery-codes/"))
    axe(page)
    page.goto(f"/{language}/accounts/2fa/webauthn/")
    expect(page.locator("main .entry h2")).to_have_text("My phone")
    axe(page)
    page.goto(f"/{language}/desk/")
    expect(page).to_have_url(re.compile("/desk/$"))

    page.goto(f"/{language}/accounts/logout/")
    press(page, "form button[type=submit]")
    page.goto(f"/{language}/accounts/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(re.compile("/me/$"))
    page.goto(f"/{language}/desk/")
    expect(page).to_have_url(re.compile("/desk/$"))
    axe(page)


@pytest.mark.behaviour("A-05")
def test_an_app_is_set_up_and_asked_at_the_next_sign_in(reader_page, axe):
    page, language = reader_page
    person = person_with(Role.ADMINISTRATOR, language=language)

    def sign_in():
        page.goto(f"/{language}/accounts/login/")
        page.locator("[name=login]").fill(person.email)
        page.locator("[name=password]").fill(PASSWORD)
        press(page, "form[action$='login/'] button[type=submit]")

    sign_in()
    page.wait_for_url(re.compile("/me/$"))
    page.goto(f"/{language}/accounts/2fa/totp/activate/")
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "form button[type=submit]")
    page.wait_for_url(re.compile("/totp/activate/"))
    picture = page.locator("main img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    axe(page)
    secret = page.locator("main code").inner_text()
    page.locator("[name=code]").fill(code_of(secret))
    press(page, "form button[type=submit]")
    page.wait_for_url(re.compile("/recovery-codes/"))
    spare = page.locator("main li code").first.inner_text()
    page.goto(f"/{language}/accounts/logout/")
    press(page, "form button[type=submit]")

    sign_in()
    page.wait_for_url(re.compile("/2fa/authenticate/"))
    axe(page)
    page.locator("[name=code]").fill(spare)
    press(page, "form button[type=submit]")
    page.wait_for_url(re.compile("/desk/$"))  # where the first steps of the portal wait
    page.goto(f"/{language}/desk/audit/")
    expect(page.locator("main table tbody tr").first).to_be_visible()
    axe(page)


@pytest.mark.behaviour("A-11")
def test_a_new_version_of_the_terms_is_agreed_to(reader_page, axe, enter):
    page, language = reader_page
    enter(page, UserFactory(language=language))
    publish_legal_version(Legal.TERMS, "2")
    page.goto(f"/{language}/me/")
    page.wait_for_url(re.compile("/consent/"))
    axe(page)
    page.locator("[name=agreed]").check()
    press(page, "form[action$='consent/'] button[type=submit]")
    page.wait_for_url(re.compile("/me/$"))
    page.goto(f"/{language}/accounts/settings/")
    axe(page)


def test_tab_leads_from_the_address_to_the_password_which_can_be_shown(page, axe):
    page.goto("/en/accounts/login/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("a long secret")
    box = page.locator("[name=password]")
    expect(box).to_have_value("a long secret")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    show = page.get_by_role("button", name="Show password", exact=True)
    expect(show).to_have_attribute("aria-pressed", "true")
    expect(box).to_have_attribute("type", "text")
    axe(page)
    show.click()
    expect(box).to_have_attribute("type", "password")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("form[action$='/login/'] button[type=submit]")).to_be_focused()
