"""A visitor reads what is asked, until when, and what came of it."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from reviews.calls import actions as calls_actions
from reviews.calls.models import Call
from reviews.handouts.actions import load_handouts
from reviews.moderation import actions as moderation_actions
from tests.factories.accounts import person_with
from tests.factories.calls import CallFactory, sent_for
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.fixture
def look_at(axe):
    """Look at a page as axe does and, where asked for, as a picture in light and dark."""

    def look(page, name: str) -> None:
        axe(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if scheme == "dark":
                axe(page)
            if SHOTS:
                Path(SHOTS).mkdir(parents=True, exist_ok=True)
                page.screenshot(path=f"{SHOTS}/{name}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")

    return look


@pytest.fixture
def calls(live_server):
    """One of each kind: open, upcoming, closed with all that followed, cancelled."""
    desk = person_with(Role.REVIEWS)
    load_handouts()
    running = CallFactory(
        title="Criminalization and jurisdiction: what stakeholders see",
        guidance="Say what you have **seen**, and how it shows.\n\n- one point, one paragraph\n- a source",
        translations={"ar": {"title": "ما يراه أصحاب المصلحة من التجريم"}},
        cluster_id="I",
    )
    running.countries.set(["KEN", "FRA"])
    running.articles.set(["UNTOC-5", "UNTOC-6"])
    CallFactory(
        title="Trafficking in persons and technology",
        opens_at=now() + timedelta(days=4),
        closes_at=now() + timedelta(days=40),
    )
    past = CallFactory(title="Witness protection")
    for name, visibility in (("Coastal Watch", "public"), ("Hidden Voice", "unnamed"), ("Quiet", "desk")):
        contribution, _author = sent_for(past, StakeholderFactory(name=name), visibility=visibility)
        act = moderation_actions.keep if visibility == "desk" else moderation_actions.publish
        act(moderation_actions.take(contribution, actor=desk), actor=desk)
    Call.objects.filter(pk=past.pk).update(closes_at=now() - timedelta(days=1))
    past.refresh_from_db()
    calls_actions.summarize(
        past, actor=desk, summary="Most contributions spoke of **relocation** across borders."
    )
    calls_actions.follow_up(
        past,
        actor=desk,
        on=now().date(),
        text="The working group took it up.",
        source="CTOC/COP/WG.2/1",
        url="https://example.org/report",
    )
    gone = CallFactory(title="Confiscation")
    calls_actions.cancel_call(gone, actor=desk, note="The review was postponed to next year.")
    return {"running": running, "past": past, "gone": gone}


@pytest.mark.behaviour("R-17")
def test_a_visitor_reads_what_is_asked_and_what_came_of_it(page, look_at, calls):
    page.goto("/en/calls/")
    look_at(page, "calls-list")
    page.get_by_label("Country or area").select_option("KEN")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name="Criminalization and jurisdiction")).to_be_visible()
    page.get_by_role("link", name="Criminalization and jurisdiction").click()
    expect(page.get_by_role("link", name="Sign in and contribute")).to_be_visible()
    expect(page.locator(".lead")).to_contain_text("your time")
    look_at(page, "calls-open")
    page.goto(f"/en/calls/{calls['past'].pk}/")
    page.get_by_role("link", name="Read the contributions").click()
    expect(page.get_by_text("The working group took it up.")).to_be_visible()
    assert "Hidden Voice" not in page.content()
    look_at(page, "calls-closed")
    page.goto(f"/en/calls/{calls['gone'].pk}/")
    look_at(page, "calls-cancelled")
    page.goto("/en/calls/prepare/")
    look_at(page, "calls-prepare")
    page.get_by_role("link", name="Checklist for a national consultation").click()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    look_at(page, "calls-checklist")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/calls-checklist-print.png", full_page=True)
    page.emulate_media(media="screen")
    page.goto("/en/calls/prepare/letter-introduction/")
    look_at(page, "calls-letter")


def test_the_same_in_arabic_on_a_phone_and_in_both_at_other_widths(page, phone_ar, look_at, calls):
    address = f"calls/{calls['running'].pk}/"
    phone_ar.goto("/ar/calls/")
    look_at(phone_ar, "calls-list-ar-360")
    phone_ar.goto(f"/ar/{address}")
    expect(phone_ar.locator("h1")).to_have_attribute("lang", "ar")
    look_at(phone_ar, "calls-open-ar-360")
    phone_ar.goto(f"/ar/calls/{calls['past'].pk}/")
    look_at(phone_ar, "calls-closed-ar-360")
    for language, width in (("ar", 1280), ("en", 360)):
        page.set_viewport_size({"width": width, "height": 800})
        for name, path in (("list", "calls/"), ("open", address), ("closed", f"calls/{calls['past'].pk}/")):
            page.goto(f"/{language}/{path}")
            look_at(page, f"calls-{name}-{language}-{width}")


def test_a_member_follows_a_call_and_is_led_on(page, enter, look_at, calls):
    member = member_of(StakeholderFactory(name="Harbour Law Clinic", country_id="KEN"))
    enter(page, member)
    page.goto(f"/en/calls/{calls['running'].pk}/")
    expect(page.get_by_text("You may contribute for Harbour Law Clinic.")).to_be_visible()
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_text("You follow this")).to_be_visible()
    look_at(page, "calls-member")
