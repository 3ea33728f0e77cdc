"""A visitor writes to the team on a phone, the desk answers; what one without an organization is shown."""

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from portal.team_messages.models import TeamMessage
from tests.factories.accounts import UserFactory, person_with
from tests.factories.portal import PageFactory, TeamMessageFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.behaviour("A-24")
def test_a_visitor_writes_and_the_desk_answers(page, phone_ar, look_at, enter, reference):
    PageFactory(slug="contact", title="Contact", language="en", body="## What helps us\n\nA number.")
    phone_ar.goto("/ar/contact/")
    look_at(phone_ar, "contact-ar-360")
    phone_ar.locator("main a[href$='/contact/message/']").click()
    phone_ar.locator("main form button[type=submit]").click()
    expect(phone_ar.locator(".error-summary a")).to_have_count(3)
    look_at(phone_ar, "write-wrong-ar-360")
    phone_ar.locator("[name=purpose][value=security]").check()
    phone_ar.locator("[name=text]").fill("وجدت ثغرة في صفحة البحث.")
    phone_ar.locator("[name=address]").fill("reader@example.org")
    phone_ar.wait_for_timeout(3500)  # as long as the portal takes a sender for a program
    phone_ar.locator("main form button[type=submit]").click()
    phone_ar.wait_for_url("**/contact/message/WO-*/")
    look_at(phone_ar, "receipt-ar-360")

    TeamMessageFactory()
    enter(page, person_with(Role.ADMINISTRATOR))
    page.goto("/en/desk/messages/")
    look_at(page, "desk-list-1280")
    page.get_by_role("link", name="Report a weakness in security").click()
    look_at(page, "desk-message-1280")
    page.locator("[name=text]").fill("Thank you. It is repaired.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("main")).to_contain_text("Thank you. It is repaired.")
    look_at(page, "desk-answered-1280")
    assert TeamMessage.objects.get(purpose="security").status == "answered"


@pytest.mark.behaviour("A-23")
def test_somebody_without_an_organization_comes_in(page, phone_ar, look_at, enter, reference):
    page.goto("/en/accounts/signup/")
    look_at(page, "signup-1280")
    phone_ar.goto("/ar/accounts/signup/")
    look_at(phone_ar, "signup-ar-360")
    person = UserFactory(is_unaffiliated=True, name="Amina Njeri")
    for window, language, name in ((page, "en", "1280"), (phone_ar, "ar", "ar-360")):
        enter(window, person)
        for path, shown in (
            ("me/", "me"),
            ("", "home"),
            ("accounts/settings/", "settings"),
            ("news/write/", "story"),
            ("contact/message/", "write-signed-in"),
        ):
            window.goto(f"/{language}/{path}")
            expect(window.locator("h1")).not_to_be_empty()
            look_at(window, f"{shown}-{name}")
        assert window.locator("a[href$='/stakeholders/register/']").count() == 0
