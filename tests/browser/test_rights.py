"""A person's own data in a real browser: taken along, erased; and access tokens."""

import re
import zipfile

import pytest

from accounts.data_rights.actions import make_copy
from accounts.data_rights.models import DataExport
from accounts.people.enums import Role
from accounts.people.models import User
from stakeholders.entries.enums import MemberRole
from tests.factories.accounts import PASSWORD, enrol, person_with
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.behaviour("A-09", "A-10")
def test_a_member_takes_their_data_along_and_deletes_the_account(page, axe, enter):
    entry = StakeholderFactory(name="Coastal Watch")
    member_of(entry)
    person = member_of(entry, role=MemberRole.EDITOR, name="Amina")
    enter(page, person)
    page.goto("/en/accounts/settings/")
    page.get_by_role("link", name="Your data").click()
    axe(page)
    page.get_by_role("link", name="Download my data").click()
    axe(page)
    page.get_by_role("button", name="Make the copy").click()
    page.get_by_text("You may leave this page").wait_for()
    axe(page)
    make_copy(DataExport.objects.get().pk)
    page.get_by_role("link", name="Download the file (ZIP)").wait_for()
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file (ZIP)").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "Coastal Watch" in archive.read("index.html").decode()
    page.goto("/en/me/data/export/")
    axe(page)

    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="See what deleting means").click()
    axe(page)
    page.get_by_role("button", name="Delete my account").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Tick this box if you are sure").first.wait_for()
    axe(page)
    page.get_by_label("Yes, delete my account for good").check()
    page.get_by_role("button", name="Delete my account").click()
    page.get_by_text("Your account is deleted").wait_for()
    axe(page)
    assert not User.objects.filter(pk=person.pk).exists()
    page.goto("/en/me/")
    page.get_by_label("Password").wait_for()


@pytest.mark.behaviour("A-10")
def test_the_last_administrator_of_the_portal_is_kept(page, axe, enter):
    admin = person_with(Role.ADMINISTRATOR)
    enter(page, admin)
    page.goto("/en/me/data/delete/")
    page.get_by_text("You are the last administrator of the portal").wait_for()
    axe(page)
    assert page.get_by_role("button", name="Delete my account").count() == 0
    page.get_by_role("link", name="Open the roles").click()
    page.wait_for_url("**/desk/roles/")


@pytest.mark.behaviour("A-10")
def test_what_stands_in_the_way_in_arabic_on_a_phone(phone_ar, axe, enter):
    entry = StakeholderFactory(name="مرصد الساحل")
    person = member_of(entry)
    member_of(entry, role=MemberRole.READER)
    enter(phone_ar, person)
    for url in ("/ar/me/data/", "/ar/me/data/export/", "/ar/me/notices/preferences/"):
        phone_ar.goto(url)
        axe(phone_ar)
    phone_ar.goto("/ar/me/data/delete/")
    axe(phone_ar)
    phone_ar.locator(f'a[href="/ar/stakeholders/{entry.pk}/manage/"]').first.click()
    phone_ar.wait_for_url("**/manage/")


@pytest.mark.behaviour("A-12")
def test_a_token_is_made_shown_once_and_revoked(page, axe, enter, settings):
    person = member_of(StakeholderFactory())
    enrol(person)
    enter(page, person)
    page.goto("/en/me/tokens/")
    axe(page)
    page.get_by_role("link", name="Make a token").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").wait_for()
    axe(page)
    page.get_by_role("button", name="Make the token").click()
    page.locator("#error-summary").wait_for()
    axe(page)
    page.get_by_label("Name").fill("Statistics")
    page.get_by_label("Read the directory of stakeholders").check()
    page.get_by_role("button", name="Make the token").click()
    secret = page.get_by_label("Statistics").input_value()
    assert secret.startswith("wo_")
    axe(page)
    page.get_by_role("link", name="I have copied it").click()
    axe(page)
    assert secret not in page.content()
    page.get_by_role("button", name=re.compile("Revoke")).click()
    page.get_by_text("is revoked").wait_for()
    axe(page)
