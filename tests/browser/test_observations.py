"""Visitors read what is asked, said and observed of a country; the desk records, publishes and splits."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from reviews.contributions import actions as contributions_actions
from reviews.moderation import actions as moderation_actions
from reviews.observations import actions as observations_actions
from reviews.observations.models import Observation
from reviews.seed import load_mechanism
from reviews.signatures import actions as signatures_actions
from reviews.tracker.models import CountryReview
from tests.browser.picking import pick
from tests.factories.accounts import person_with
from tests.factories.calls import CallFactory, draft_for, sent_for
from tests.factories.observations import observed
from tests.factories.reviews import recorded
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.fixture
def keeper(live_server):
    load_mechanism()
    return person_with(Role.REVIEWS)


@pytest.fixture
def kenya(keeper):
    """Every part of the pages about Kenya has something to say."""
    CountryReview.objects.filter(country="KEN").update(group="2", source="https://example.org/groups")
    recorded("KEN", "questionnaire", "under_way", date="2023-02-10")
    call = CallFactory(title="How do courts hear victims of trafficking in persons?")
    call.countries.set(["KEN"])
    CallFactory(title="Confiscation, seizure and what follows")
    own, partner = StakeholderFactory(name="Coastal Watch"), StakeholderFactory(name="جمعية الساحل")
    joint, author = draft_for(call, own)
    signer = member_of(partner)
    signature = signatures_actions.invite(joint, partner, actor=author)
    joint, _receipt = contributions_actions.submit(joint, actor=author)
    signatures_actions.sign(signature, actor=signer, digest=joint.digest)
    unnamed, _author = sent_for(call, visibility="unnamed")
    for contribution in (joint, unnamed):
        moderation_actions.take(contribution, actor=keeper)
        moderation_actions.publish(contribution, actor=keeper)
    texts = (
        ("gap", "UNTOC-5", "The definition in the penal code leaves out participation without an agreement."),
        ("good_practice", "UNTOC-24", "A unit of its own protects witnesses, with a budget of its own."),
        ("suggestion", "TIP-6", "Consider interpreters for victims from the first hearing on."),
        ("assistance", "UNTOC-27", "Training in joint investigations is asked for."),
    )
    for kind, article, text in texts:
        observation = observed(
            kind=kind,
            article=article,
            text=text,
            topics=["firearms", "corruption"],
            actor=keeper,
            source="CTOC/COP/WG.9/2026/2, summary of the list of observations",
            source_url="https://example.org/documents/2026-2",
        )
        observations_actions.link_contributions(observation, actor=keeper, contributions=[joint, unnamed])
    observed("FRA", text="La loi nomme les victimes.", language="fr", kind="good_practice", actor=keeper)
    return own


@pytest.mark.behaviour("R-13")
def test_a_visitor_reads_and_filters_observations_in_arabic_on_a_phone(phone_ar, look_at, kenya):
    phone_ar.goto("/ar/observations/")
    look_at(phone_ar, "observations-ar")
    phone_ar.locator(".filter-sheet summary").click()
    phone_ar.locator("#filter-country").select_option("KEN")
    look_at(phone_ar, "observations-filters-ar")
    phone_ar.locator("#filters > button").click()
    expect(phone_ar.locator(".chips .chip")).to_have_count(1)
    assert phone_ar.locator(".entry-list > .entry").count() == 4
    phone_ar.goto("/ar/countries/KEN/")
    look_at(phone_ar, "country-parts-ar")
    phone_ar.goto("/ar/reviews/KEN/")
    look_at(phone_ar, "review-parts-ar")


@pytest.mark.behaviour("R-13")
def test_a_visitor_filters_takes_a_file_home_and_reads_the_parts_of_a_country(page, look_at, kenya):
    page.goto("/en/observations/")
    look_at(page, "observations")
    page.get_by_label("Good practice", exact=True).check()
    page.get_by_label("Country or area").select_option("KEN")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name="Remove filter: Kenya")).to_be_visible()
    assert page.locator(".entry-list > .entry").count() == 1
    look_at(page, "observations-filtered")
    with page.expect_download() as file:
        page.get_by_role("link", name="Download as CSV").click()
    text = Path(file.value.path()).read_text(encoding="utf-8-sig")
    assert "A unit of its own protects witnesses" in text
    page.emulate_media(color_scheme="dark")
    page.goto("/en/observations/")
    look_at(page, "observations-dark")
    page.emulate_media(color_scheme="light")
    page.goto("/en/countries/KEN/")
    expect(page.get_by_role("heading", name="Calls and dialogues open now")).to_be_visible()
    look_at(page, "country-parts")
    page.get_by_role("link", name="Published observations").click()
    page.wait_for_url("**/en/reviews/KEN/#observations")
    for heading in ("Published contributions", "Published observations"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    look_at(page, "review-parts")
    page.goto(f"/en{kenya.get_absolute_url().removeprefix('/en')}")
    expect(page.get_by_role("heading", name="Contributed to")).to_be_visible()
    look_at(page, "profile-contributed")


@pytest.mark.behaviour("R-12")
def test_the_desk_records_publishes_and_splits(page, enter, look_at, keeper, go_to):
    enter(page, keeper)
    go_to(page, "Observations")
    expect(page.locator(".empty")).to_be_visible()
    look_at(page, "observations-desk-empty")
    page.get_by_role("link", name="Record an observation").click()
    page.get_by_role("button", name="Save").click()
    page.locator("#error-summary").wait_for()
    look_at(page, "observation-wrong")
    pick(page, "State", "kenya")
    page.get_by_label("Gap", exact=True).check()
    pick(page, "Article", "participation")
    page.get_by_label("Observation", exact=True).fill("It lacks a law, and its unit works well.")
    pick(page, "Language of the text", "english")
    page.get_by_label("Source of the observation").fill("CTOC/COP/2026/1")
    page.get_by_label("Date of the source").fill("2026-03-01")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("The observation is published.")).to_be_visible()
    look_at(page, "observation-desk")
    page.get_by_role("link", name="Split it into parts").click()
    look_at(page, "observation-split")
    page.locator("#id_parts-0-text").fill("It lacks a law.")
    page.locator("#id_parts-1-kind").select_option("good_practice")
    page.locator("#id_parts-1-text").fill("Its unit works well.")
    page.get_by_role("button", name="Add another").click()
    page.locator("#id_parts-2").wait_for()
    assert page.locator("#id_parts-0-text").input_value() == "It lacks a law."
    look_at(page, "observation-split-more")
    page.get_by_role("button", name="Split it").click()
    expect(page.get_by_text("split into 2 parts")).to_be_visible()
    look_at(page, "observation-desk-split")
    assert Observation.objects.shown().count() == 2
