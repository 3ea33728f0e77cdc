"""A regional focal point plans, holds and reports an activity, and prints the report of the period."""

import os
import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from coordination.activities.models import Activity
from stakeholders.appointments.models import today
from tests.browser.picking import pick
from tests.factories.accounts import UserFactory, person_with
from tests.factories.activities import ActivityFactory
from tests.factories.regional import appointed
from tests.factories.stakeholders import StakeholderFactory

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.mark.behaviour("D-08")
def test_an_activity_is_planned_held_reported_and_printed(page, enter, look_at):  # noqa: PLR0915  one journey
    head = person_with(Role.HEAD, name="Hanna Head")
    rosa = appointed(UserFactory(name="Rosa Regional"), by=head, regions=["202"]).user
    for n in range(6):
        StakeholderFactory(name=f"Coastal Watch {n}", country_id="KEN")
    StakeholderFactory(name="Lake Watch", country_id="UGA")
    enter(page, rosa)
    page.goto("/en/regional/")
    page.get_by_role("link", name="Activities", exact=True).first.click()
    expect(page.locator(".empty")).to_contain_text("No activity is planned yet")
    look_at(page, "activities-empty")
    page.locator(".page-head-action").get_by_role("link", name="Plan an activity").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#error-summary")).to_contain_text("Give the activity a title.")
    look_at(page, "activity-wrong")
    page.get_by_label("Training").check()
    page.get_by_label("Title").fill("Training on the Review Mechanism")
    page.get_by_label("Purpose").fill("So that they can take part in the review of their country.")
    page.get_by_label("First day").fill((today() + timedelta(days=2)).isoformat())
    page.get_by_label("Begins at").fill("09:00")
    page.get_by_label("Ends at").fill("12:30")
    page.get_by_label("City").fill("Nairobi")
    pick(page, "Countries or areas", "kenya", "uganda")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Planned")

    page.get_by_role("link", name="Name stakeholders").click()
    page.get_by_label("Name or acronym").fill("lake")
    page.locator("main").get_by_role("button", name="Search").click()
    page.get_by_label("Lake Watch").check()
    look_at(page, "activity-involve")
    page.get_by_role("button", name="Name them as involved").click()
    page.get_by_text("Add a note").click()
    page.get_by_label("Note", exact=True).fill("Bring the projector.")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator("main")).to_contain_text("For you alone")
    page.get_by_text("Add a follow-up action").click()
    page.get_by_label("What is to be done").fill("Send the slides")
    page.get_by_label("Until").fill((today() + timedelta(days=7)).isoformat())
    page.get_by_role("button", name="Add the action").click()
    look_at(page, "activity-planned")

    # The day has come and gone.
    Activity.objects.update(starts_at=now() - timedelta(hours=30), ends_at=now() - timedelta(hours=27))
    page.reload()
    page.get_by_role("button", name="Mark as held").click()
    page.get_by_label("Outcome").fill("Lake Watch will contribute to the next call.")
    page.get_by_label("People who took part").fill("31")
    look_at(page, "activity-report")
    page.get_by_role("button", name="Report it").click()
    expect(page.locator("main")).to_contain_text("31 people took part.")
    look_at(page, "activity-reported")
    page.goto("/en/me/")
    expect(page.locator("main")).to_contain_text("Send the slides")
    page.get_by_role("link", name=re.compile("^Open.*Send the slides")).click()
    page.get_by_role("button", name=re.compile("^It is done")).click()

    page.goto("/en/regional/activities/")
    look_at(page, "activities")
    page.get_by_role("link", name="Activity reports").click()
    page.locator(".page-head-action").get_by_role("link", name="Begin a report").click()
    page.locator("[name=place]").select_option("202")
    page.get_by_label("Title").fill("Sub-Saharan Africa this month")
    page.get_by_label("First day", exact=True).fill((today() - timedelta(days=30)).isoformat())
    page.get_by_label("Compare with a period: its first day").fill((today() - timedelta(days=61)).isoformat())
    page.get_by_label("Compare with a period: its last day").fill((today() - timedelta(days=31)).isoformat())
    page.get_by_label("Narrative").fill("One training, with **31** people.")
    look_at(page, "report-write")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("table", name="Activities held, by kind")).to_contain_text("Training")
    expect(page.get_by_role("table", name="Activities held, by kind").locator("td").first).to_have_text("1")
    look_at(page, "report")
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") is True
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("table", name="Activities held, by kind")).to_be_visible()
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/report-print.png", full_page=True)
    page.emulate_media(media="screen")
    with page.expect_download() as taken:
        page.get_by_role("link", name="This report as Excel").click()
    assert taken.value.suggested_filename.endswith(".xlsx")

    if SHOTS:
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=f"{SHOTS}/report-dark.png", full_page=True)


def test_the_pages_fit_a_phone_in_arabic(phone_ar, enter, look_at):
    head = person_with(Role.HEAD, language="ar")
    term = appointed(UserFactory(name="عائشة", language="ar"), by=head, regions=["202"])
    activity = ActivityFactory(
        author=term.user, title="Международная ассоциация по наблюдению за прибрежными водами", status="held"
    )
    activity.stakeholders.add(StakeholderFactory(name="Association pour la surveillance"))
    enter(phone_ar, term.user)
    for url, name in (
        ("/ar/regional/activities/", "ar-activities"),
        (f"/ar/regional/activities/{activity.pk}/", "ar-activity"),
        ("/ar/regional/activities/new/", "ar-plan"),
        ("/ar/regional/reports/new/", "ar-report-write"),
    ):
        phone_ar.goto(url)
        look_at(phone_ar, name)
