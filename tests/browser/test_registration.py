"""The whole way of an NGO: signs up, registers, is returned, answers, is approved, is found."""

import re

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from stakeholders.applications.models import Application
from stakeholders.entries.enums import Listing
from stakeholders.entries.models import Stakeholder
from tests.browser.registering import NAME, fill_in, press, sign_up
from tests.factories.accounts import PASSWORD, code_of, person_with
from tests.factories.stakeholders import StakeholderFactory, sent_application


@pytest.fixture(params=[pytest.param("english", marks=pytest.mark.journey("register", "vet")), "arabic"])
def reader(request):
    """(page, language) of the applicant: a wide screen in English, a phone in Arabic."""
    if request.param == "english":
        return request.getfixturevalue("page"), "en"
    return request.getfixturevalue("phone_ar"), "ar"


@pytest.fixture
def desk(browser, browser_context_args):
    """A second browser, at the desk."""
    context = browser.new_context(**browser_context_args)
    desk = context.new_page()
    yield desk
    context.close()


def desk_signs_in(desk, vetter) -> None:
    """By password and by the code of an authenticator app."""
    desk.goto("/en/accounts/login/")
    desk.locator("[name=login]").fill(vetter.email)
    desk.locator("[name=password]").fill(PASSWORD)
    desk.locator("main form[action*='login'] button[type=submit]").first.click()
    desk.wait_for_url(re.compile("/me/$"))
    desk.goto("/en/accounts/2fa/totp/activate/")
    desk.locator("[name=password]").fill(PASSWORD)
    desk.locator("main form button[type=submit]").first.click()
    desk.wait_for_url(re.compile("/totp/activate/"))
    secret = desk.locator("main code").inner_text()
    desk.locator("[name=code]").fill(code_of(secret))
    desk.locator("main form button[type=submit]").first.click()
    desk.wait_for_url(re.compile("/recovery-codes/"))


def open_at_desk(desk) -> None:
    desk.goto("/en/desk/vetting/")
    desk.get_by_role("link", name=NAME).click()
    desk.wait_for_url(re.compile(rf"/vetting/{Application.objects.get().pk}/$"))


def is_returned(desk, language: str, look_at) -> None:
    open_at_desk(desk)
    look_at(desk, f"{language}-10-desk")
    desk.get_by_role("link", name="Return for changes", exact=True).click()
    desk.locator("[name=return-ask_mission]").check()
    desk.locator("[name=return-text_mission]").fill("Please say in which ports you work.")
    look_at(desk, f"{language}-11-returning")
    desk.get_by_role("button", name="Return to the applicant").click()
    expect(desk.get_by_text("Asked, and not yet answered")).to_be_visible()


def answers(page, language: str, look_at) -> None:
    page.reload()
    look_at(page, f"{language}-12-returned")
    page.locator("main a[href$='/answer/']").click()
    expect(page.locator("main form textarea")).to_have_count(1)
    look_at(page, f"{language}-13-answer")
    page.locator("[name=mission]").fill("We document illegal fishing in Mombasa and Lamu.")
    press(page)
    page.wait_for_url(re.compile(r"/applications/\d+/$"))


def is_approved(desk, language: str, look_at) -> None:
    open_at_desk(desk)
    expect(desk.get_by_text("in Mombasa and Lamu")).to_be_visible()
    desk.get_by_role("link", name="Approve", exact=True).click()
    desk.locator("[name=approve-unscreened_reason]").fill("The lists are looked through by hand today.")
    look_at(desk, f"{language}-14-approving")
    desk.get_by_role("button", name="Approve and tell the applicant").click()
    expect(desk.locator(".notice-success")).to_be_visible()
    look_at(desk, f"{language}-15-approved")


@pytest.mark.behaviour("D-01", "D-03", "D-04", "D-05", "A-07")
def test_an_ngo_registers_is_returned_answers_is_approved_and_found(reader, desk, look_at):
    page, language = reader
    vetter = person_with(Role.VETTING, name="Vera Vetter")
    page.goto(f"/{language}/stakeholders/register/")
    look_at(page, f"{language}-01-start")
    sign_up(page, language)
    fill_in(page, language, look_at)
    desk_signs_in(desk, vetter)
    desk.goto("/en/desk/vetting/")
    look_at(desk, f"{language}-09-queue")
    is_returned(desk, language, look_at)
    answers(page, language, look_at)
    is_approved(desk, language, look_at)
    page.reload()
    look_at(page, f"{language}-16-approved")
    page.context.clear_cookies()
    page.goto(f"/{language}/stakeholders/?q=Lamu")
    page.locator(f"main a[href*='/stakeholders/{Stakeholder.objects.get().pk}-']").first.click()
    expect(page.locator("h1")).to_contain_text(NAME)
    look_at(page, f"{language}-17-found")


def test_the_desk_works_on_a_phone_in_arabic(phone_ar, enter, look_at):
    application = sent_application(
        name="Международная ассоциация по наблюдению за прибрежным рыболовством и защите свидетелей",
        website="https://a-very-long-address.example/with/a/path/that/never/ends/and/never/breaks",
    )
    StakeholderFactory(name=application.name, listing=Listing.UNLISTED)
    enter(phone_ar, person_with(Role.VETTING, language="ar"))
    phone_ar.goto("/ar/desk/vetting/")
    look_at(phone_ar, "ar-20-desk-queue")
    phone_ar.goto(f"/ar/desk/vetting/{application.pk}/")
    phone_ar.evaluate("document.querySelectorAll('.desk-page details').forEach(one => one.open = true)")
    look_at(phone_ar, "ar-21-desk-page")
    phone_ar.locator("form[action$='/refuse/'] button[type=submit]:not([name])").click()
    expect(phone_ar.locator(".error-summary a")).to_have_count(2)
    look_at(phone_ar, "ar-22-desk-errors")
