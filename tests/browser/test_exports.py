"""Exporting the directory and reporting an entry, in a real browser."""

import pytest

from accounts.people.enums import Role
from stakeholders.exports.actions import make_export
from stakeholders.exports.models import Export
from stakeholders.moderation.models import Report
from tests.factories.accounts import person_with
from tests.factories.exports import sent_report
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.behaviour("D-20")
def test_the_page_of_an_export_turns_ready_by_itself(page, axe, enter):
    StakeholderFactory(name="Coastal Watch")
    enter(page, person_with(Role.HEAD))
    page.goto("/en/stakeholders/")
    page.get_by_role("button", name="Export this list as CSV").click()
    page.get_by_text("It is in the queue").wait_for()
    axe(page)
    make_export(Export.objects.get().pk)
    page.get_by_role("link", name="Download the CSV file").wait_for()
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the CSV file").click()
    assert download.value.suggested_filename.endswith(".csv")
    page.goto("/en/desk/vetting/exports/")
    axe(page)


@pytest.mark.behaviour("D-22")
def test_a_visitor_reports_an_entry_in_arabic_on_a_phone(phone_ar, axe):
    entry = StakeholderFactory(name="Coastal Watch")
    phone_ar.goto(f"/ar/stakeholders/{entry.pk}-{entry.slug}/")
    phone_ar.locator(f'a[href="/ar/stakeholders/{entry.pk}/report/"]').click()
    phone_ar.locator('main button[type="submit"]').click()
    phone_ar.locator("#error-summary").wait_for()
    axe(phone_ar)
    phone_ar.locator('input[name="what"][value="wrong"]').check()
    phone_ar.locator('textarea[name="text"]').fill("انتقلت إلى مدينة أخرى.")
    phone_ar.locator('main button[type="submit"]').click()
    phone_ar.wait_for_url("**/report/sent/")
    axe(phone_ar)
    assert Report.objects.get().text == "انتقلت إلى مدينة أخرى."


@pytest.mark.behaviour("D-22")
def test_the_desk_answers_a_report(page, axe, enter):
    sent_report(StakeholderFactory(name="Coastal Watch"), address="reader@example.org")
    enter(page, person_with(Role.VETTING))
    page.goto("/en/desk/moderation/")
    axe(page)
    page.get_by_role("link", name="Coastal Watch").click()
    axe(page)
    page.get_by_label("The profile was corrected").check()
    page.get_by_role("button", name="Save the outcome").click()
    page.get_by_text("The outcome is recorded").wait_for()
    axe(page)
