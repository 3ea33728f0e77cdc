"""A donor's report: the team counts who took part, freezes it, and everybody reads and downloads it."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from coordination.period_reports import actions
from coordination.period_reports.models import PeriodReport
from tests.factories.accounts import person_with
from tests.factories.events import EventFactory
from tests.factories.registrations import RulesFactory, registration_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.behaviour("S-15", "S-16")
def test_a_report_for_a_donor_is_counted_frozen_and_read_by_everybody(page, look_at, enter, reference):
    rules = RulesFactory(event=EventFactory(starts_at=datetime(2026, 3, 10, 9, tzinfo=UTC)))
    for _number in range(6):
        registration_in("confirmed", rules=rules)
    enter(page, person_with(Role.EVENTS))
    page.goto("/en/desk/participation/")
    look_at(page, "participation-off-1280")
    page.get_by_role("button", name="Hold the task").click()
    page.locator("[name=first_day]").fill("2026-01-01")
    page.locator("[name=last_day]").fill("2026-11-30")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**first_day=2026-01-01**")
    look_at(page, "participation-1280")
    page.get_by_role("link", name="Freeze as a report").click()
    page.get_by_label("Title").fill("Who took part in 2026")
    page.get_by_role("button", name="Freeze the figures").click()
    expect(page.get_by_role("heading", name="Who took part in 2026")).to_be_visible()
    report = PeriodReport.objects.get()
    actions.publish(report, actor=person_with(Role.HEAD), version=report.version)
    page.context.clear_cookies()
    page.goto(report.public_url)
    expect(page.get_by_text("Cite as:")).to_be_visible()
    look_at(page, "participation-report-1280")
    with page.expect_download() as download:
        page.get_by_role("link", name="This report as PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
