"""An administrator invites a colleague, who signs up and joins; an entry changes with the desk."""

import re

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from notifications.outbox.models import Message
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership
from tests.browser.registering import press
from tests.factories.accounts import PASSWORD, person_with
from tests.factories.stakeholders import StakeholderFactory, member_of

ADDRESS = "dalia@coastalwatch.example"


@pytest.fixture
def entry():
    return StakeholderFactory(name="Coastal Watch", mission="We watch.", mission_language_id="en")


@pytest.mark.behaviour("D-13")
def test_a_colleague_is_invited_signs_up_and_joins(page, entry, enter, axe):
    enter(page, member_of(entry, name="Amina Njeri"))
    page.goto("/en/me/")
    page.get_by_role("link", name="Manage profile").click()
    axe(page)
    page.get_by_label("E-mail address of the colleague").fill("not an address")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator(".error-summary")).to_be_visible()
    axe(page)
    page.get_by_label("E-mail address of the colleague").fill(ADDRESS)
    page.get_by_label("Editor: edits the profile").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator("main")).to_contain_text(ADDRESS)
    axe(page)

    page.context.clear_cookies()
    page.goto(Message.objects.get(kind="stakeholders.invited").url)
    axe(page)
    page.get_by_role("link", name="Create an account").last.click()
    page.locator("[name=name]").fill("Dalia")
    page.locator("[name=password1]").fill(PASSWORD)
    if page.locator("[name=agreed]").count():
        page.locator("[name=agreed]").check()
    page.locator("main form[action*='signup'] button[type=submit]").first.click()
    page.wait_for_url(re.compile("/confirm-email/"))
    page.goto(Message.objects.filter(address=ADDRESS).latest("pk").url)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/stakeholders/invitations/"))
    axe(page)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.locator("main h1")).to_have_text("Coastal Watch")
    expect(page.locator(".messages")).to_contain_text("You now act for Coastal Watch.")
    assert Membership.objects.get(user__email=ADDRESS).role == MemberRole.EDITOR
    axe(page)


@pytest.mark.behaviour("D-12")
def test_a_vetted_field_changes_once_the_desk_agrees(page, phone_ar, entry, enter, axe, go_to):
    editor = member_of(entry, MemberRole.EDITOR, name="Eve")
    enter(phone_ar, editor)
    phone_ar.goto(f"/ar/stakeholders/{entry.pk}/manage/entry/")
    axe(phone_ar)
    phone_ar.goto(f"/ar/stakeholders/{entry.pk}/manage/vetted/")
    axe(phone_ar)
    phone_ar.locator("[name=name]").fill("Ocean Watch")
    press(phone_ar)
    expect(phone_ar.locator("main td bdi").nth(1)).to_have_text("Ocean Watch")
    axe(phone_ar)
    enter(page, person_with(Role.VETTING))
    go_to(page, "Changes to profiles")
    axe(page)
    page.get_by_role("link", name="Coastal Watch").click()
    axe(page)
    page.locator("summary", has_text="Approve the change").click()
    page.get_by_role("button", name="Approve the change").click()
    expect(page.locator("main h1")).to_have_text("Ocean Watch")
    axe(page)
    phone_ar.goto(f"/ar/stakeholders/{entry.pk}/manage/")
    expect(phone_ar.locator("main h1")).to_have_text("Ocean Watch")
    axe(phone_ar)
