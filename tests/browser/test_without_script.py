"""Signing up, registering, contributing and proposing in a browser that runs no script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.registering import NAME, fill_in, sign_up
from tests.factories.calls import CallFactory, draft_for
from tests.factories.events import RoundFactory
from tests.factories.stakeholders import StakeholderFactory, member_of


@pytest.fixture
def plain_page(browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.behaviour("X-12")
def test_an_ngo_signs_up_and_registers_without_script(plain_page):
    sign_up(plain_page, "en")
    fill_in(plain_page, "en", lambda _page, _name: None)
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text(NAME)


@pytest.mark.behaviour("X-12")
def test_a_contribution_is_written_and_sent_without_script(plain_page, enter, reference):
    contribution, author = draft_for(CallFactory())
    enter(plain_page, author)
    plain_page.goto(f"/en/contributions/{contribution.pk}/write/")
    plain_page.locator("textarea").first.fill("Courts hear victims.")
    plain_page.get_by_role("button", name="Check and send").click()
    plain_page.wait_for_url(re.compile("/check/$"))
    plain_page.get_by_role("button", name="Send the contribution").click()
    plain_page.wait_for_url(re.compile("/receipts/WO-"))


@pytest.mark.behaviour("X-12")
def test_a_proposal_is_written_and_sent_without_script(plain_page, enter, reference):
    event = RoundFactory().event
    enter(plain_page, member_of(StakeholderFactory(name="Coastal Watch")))
    plain_page.goto(f"/en/events/{event.pk}-{event.slug}/propose/")
    plain_page.get_by_role("button", name="Begin a draft").click()
    plain_page.get_by_label("Title").fill("Ports and people")
    plain_page.get_by_label("Summary").fill("What ports can do against trafficking in persons.")
    plain_page.get_by_label("Main theme").select_option("trafficking-in-persons")
    plain_page.get_by_role("button", name="Save and continue").click()
    plain_page.get_by_label("In person", exact=True).check()
    plain_page.get_by_label("Languages of the meeting").select_option("en")
    plain_page.get_by_role("button", name="Save and continue").click()
    plain_page.get_by_role("group", name=re.compile("permanent mission")).get_by_label("Yes").check()
    plain_page.get_by_role("button", name="Save and continue").click()
    plain_page.get_by_label(re.compile("We use logos")).check()
    plain_page.get_by_role("button", name="Save and continue").click()
    plain_page.wait_for_url(re.compile("/check/$"))
    plain_page.get_by_role("button", name="Authorize and send").click()
    plain_page.wait_for_url(re.compile("/receipts/WO-"))
