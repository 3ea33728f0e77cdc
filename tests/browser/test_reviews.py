"""A visitor reads a review in Arabic on a phone and tells the desk better; the desk records and answers."""

import os

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from reviews.corrections.models import Correction
from reviews.seed import load_mechanism
from reviews.tracker.models import CountryReview, ReviewDocument, ReviewingState, StepRecord
from tests.factories.accounts import person_with
from tests.factories.reviews import CorrectionFactory, recorded, review_of
from tests.factories.stakeholders import StakeholderFactory

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.fixture
def kenya(live_server):
    load_mechanism()
    CountryReview.objects.filter(country="KEN").update(group="2", source="https://example.org/groups")
    recorded(
        "KEN", "start", date="2021-11-01", source_url="https://example.org/start", source="Launch notice"
    )
    recorded("KEN", "consultation", date="2022-04")
    recorded("KEN", "questionnaire", "under_way", date="2023-02-10", note="Announced by the ministry.")
    recorded("KEN", "observations", "no_information", instrument="FA")
    ReviewDocument.objects.create(
        review=review_of("KEN"),
        cluster_id="I",
        kind_id="summary",
        symbol="CTOC/COP/WG.9/2024/2",
        date="2024-05",
        publicity="public",
        url_en="https://example.org/en",
        url_ar="https://example.org/ar",
    )
    for reviewer in ("UGA", "FRA"):
        ReviewingState.objects.create(
            review=review_of("KEN"), instrument_id="TIP", reviewer_id=reviewer, source="A published overview"
        )
    StakeholderFactory(name="Coastal Watch")
    return review_of("KEN")


@pytest.mark.behaviour("R-01")
def test_a_visitor_reads_a_review_in_arabic_on_a_phone_and_sends_a_correction(phone_ar, look_at, kenya):
    phone_ar.goto("/ar/reviews/")
    look_at(phone_ar, "reviews-list-ar")
    phone_ar.locator("#filter-q").fill("كينيا")
    phone_ar.locator("#filter-q").press("Enter")
    phone_ar.get_by_role("link", name="كينيا").first.click()
    expect(phone_ar.locator("h1")).to_contain_text("كينيا")
    phone_ar.locator(".disclosure:has(.phases) > summary").click()
    assert phone_ar.locator(".phase, .phase-recorded").count() == 4
    assert phone_ar.locator(".phase").first.locator("li.phase-step").count() == 10
    look_at(phone_ar, "reviews-country-ar")
    phone_ar.locator('a[href="/ar/reviews/KEN/correct/"]').click()
    phone_ar.locator("main form button[type=submit]").click()
    phone_ar.locator("#error-summary").wait_for()
    look_at(phone_ar, "reviews-correct-wrong-ar")
    phone_ar.locator('textarea[name="text"]').fill("قُدِّم الاستبيان في آذار/مارس.")
    phone_ar.locator('textarea[name="source"]').fill("https://example.org/page")
    phone_ar.locator('input[name="address"]').fill("amina@example.org")
    phone_ar.locator("main form button[type=submit]").click()
    phone_ar.wait_for_url("**/ar/reviews/KEN/correct/sent/")
    look_at(phone_ar, "reviews-corrected-ar")
    sent = Correction.objects.get()
    assert (sent.language, sent.address) == ("ar", "amina@example.org")


def test_a_visitor_filters_the_tracker_and_looks_at_figures_and_country(page, look_at, kenya):
    page.goto("/en/reviews/")
    look_at(page, "reviews-list")
    page.get_by_label("Africa", exact=True).check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("link", name="Remove filter: Africa")).to_be_visible()
    look_at(page, "reviews-filtered")
    page.get_by_role("link", name="All 197 countries").click()
    expect(page.locator(".tracker tbody tr")).to_have_count(25)
    look_at(page, "reviews-all")
    page.goto("/en/reviews/KEN/")
    look_at(page, "reviews-country")
    page.get_by_role("link", name="[1]").first.click()
    page.wait_for_url("**/en/reviews/KEN/#source-1")
    page.goto("/en/reviews/figures/")
    look_at(page, "reviews-figures")
    page.goto("/en/countries/KEN/")
    look_at(page, "country")
    page.goto("/en/countries/")
    look_at(page, "countries")


def test_regions_are_folded_on_a_phone_until_a_name_is_typed(phone_ar, page, look_at, reference):
    phone_ar.goto("/ar/countries/")
    kenya = phone_ar.locator('#countries a[href$="/KEN/"]')
    expect(kenya).to_be_hidden()
    look_at(phone_ar, "countries-ar")
    phone_ar.locator("#name").fill("كينيا")
    expect(kenya).to_be_visible()
    expect(phone_ar.locator("#countries section:visible")).to_have_count(1)
    phone_ar.locator("#name").fill("")
    expect(kenya).to_be_hidden()
    expect(phone_ar.locator("#countries section:visible")).to_have_count(5)
    page.goto("/en/countries/")
    expect(page.locator('#countries a[href$="/KEN/"]')).to_be_visible()


def test_the_desk_records_a_step_because_of_a_correction_and_answers(page, enter, look_at, kenya):
    CorrectionFactory()
    enter(page, person_with(Role.REVIEWS))
    page.goto("/en/desk/reviews/")
    look_at(page, "reviews-desk")
    page.get_by_role("link", name="Corrections").first.click()
    look_at(page, "reviews-corrections")
    page.locator("main .entry-title a").click()
    look_at(page, "reviews-correction")
    page.get_by_role("link", name="Record a step because of it").click()
    page.get_by_role("button", name="Record the step").click()
    page.locator("#error-summary").wait_for()
    look_at(page, "reviews-record-wrong")
    page.get_by_label("Step", exact=True).select_option("questionnaire")
    page.get_by_label("Done", exact=True).check()
    page.get_by_label("When it was").fill("2024-03")
    page.get_by_label("Report of a stakeholder").check()
    page.get_by_label("Source", exact=True).fill("Report of a stakeholder, March 2024")
    page.get_by_role("button", name="Record the step").click()
    expect(page.get_by_text("Recorded because of it")).to_be_visible()
    page.get_by_label("The page was corrected").check()
    page.get_by_role("button", name="Save the outcome").click()
    expect(page.get_by_text("The outcome is recorded")).to_be_visible()
    assert Correction.objects.get().record == StepRecord.objects.latest("pk")
    page.goto("/en/desk/reviews/imports/")
    page.get_by_label("Review groups of countries").check()
    page.get_by_label("The file").set_input_files(
        {"name": "groups.csv", "mimeType": "text/csv", "buffer": b"iso3,group\nKEN,3\nFRA,2\n"}
    )
    page.get_by_label("Where it is published").fill("A published list")
    page.get_by_label("State of").fill("2026-11-01")
    look_at(page, "reviews-imports")
    page.get_by_role("button", name="Send it and see what it changes").click()
    look_at(page, "reviews-import")
    page.get_by_role("button", name="Apply the list").click()
    expect(page.get_by_text("The list is applied.")).to_be_visible()
    assert review_of("KEN").group_id == "3"
