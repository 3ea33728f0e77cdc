"""The desk opens a call, screens, returns, publishes, and says what was said and what followed."""

import os
import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from reviews.calls.actions import draft_call
from reviews.calls.models import Call
from reviews.contributions import actions as contributions_actions
from reviews.contributions.models import Contribution
from reviews.seed import load_mechanism
from tests.browser.picking import pick
from tests.factories.accounts import person_with
from tests.factories.calls import CallFactory, sent_for
from tests.factories.stakeholders import StakeholderFactory

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.mark.behaviour("R-11")
@pytest.mark.behaviour("R-17")
def test_the_desk_opens_a_call_screens_returns_publishes_and_answers(
    page, enter, look_at, live_server, go_to
):
    load_mechanism()
    enter(page, person_with(Role.REVIEWS, name="Rana Reviews"))
    opens_a_call(page, look_at)
    call = Call.objects.get()
    screens(page, look_at, call, go_to)
    # The clock has moved on.
    Call.objects.filter(pk=call.pk).update(closes_at=now() - timedelta(seconds=1))
    answers(page, look_at, call)


def opens_a_call(page, look_at):
    """A draft with two questions put in order and a translation, then published."""
    page.goto("/en/desk/calls/")
    look_at(page, "calls-empty")
    page.get_by_role("link", name="Draft a call").click()
    go_on = page.get_by_role("button", name="Save and continue")
    go_on.click()
    page.locator("#error-summary").wait_for()
    look_at(page, "call-draft-wrong")
    page.get_by_label("Title").fill("Victims before the courts")
    pick(page, "States", "kenya")
    go_on.click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    go_on.click()
    opens, closes = now() - timedelta(days=2), now() + timedelta(days=40)
    page.get_by_label("Opens", exact=False).first.fill(opens.strftime("%Y-%m-%dT09:00"))
    page.get_by_label("Closes", exact=False).first.fill(closes.strftime("%Y-%m-%dT18:00"))
    go_on.click()
    page.get_by_role("heading", level=1, name="Languages and length").wait_for()
    go_on.click()
    first = page.get_by_role("group", name="Question 1")
    first.get_by_label("Question", exact=True).fill("What is missing?")
    page.get_by_role("button", name="Add a question").click()
    second = page.get_by_role("group", name="Question 2")
    second.get_by_label("Question", exact=True).fill("What works well?")
    second.get_by_label("Must be answered").check()
    second.get_by_role("button", name="Move up").click()
    expect(first.get_by_label("Question", exact=True)).to_have_value("What works well?")
    look_at(page, "call-draft")
    go_on.click()
    page.get_by_role("heading", level=1, name="Check your answers").wait_for()
    look_at(page, "call-saved")
    page.get_by_role("link", name="Back to the call").click()
    page.get_by_role("link", name="Français").or_(page.get_by_role("link", name="French")).last.click()
    page.get_by_label("Title").fill("Les victimes devant les tribunaux")
    look_at(page, "call-translate")
    page.get_by_role("button", name="Save the translation").click()
    page.get_by_role("link", name="Preview the page").click()
    look_at(page, "call-preview")
    page.go_back()
    page.get_by_role("link", name="Publish…").click()
    expect(page.get_by_text("Its countries and topics have no")).to_be_visible()
    look_at(page, "call-publish")
    page.get_by_role("button", name="Publish the call").click()
    expect(page.get_by_text("The call is published.")).to_be_visible()


def screens(page, look_at, call, go_to):
    """What comes in is taken, returned with a question, answered, published."""
    contribution, author = sent_for(call, StakeholderFactory(name="Coastal Watch"))
    go_to(page, "Contributions to screen")
    page.get_by_text("Coastal Watch").first.wait_for()
    look_at(page, "screening-queue")
    page.get_by_role("button", name=re.compile("^Assign to me")).click()
    expect(page.get_by_text("The contribution is assigned to")).to_be_visible()
    look_at(page, "screening-contribution")
    page.get_by_role("link", name="Return for changes").click()
    page.get_by_label("What is missing?", exact=True).check()
    page.get_by_label("What the author should do about “What is missing?”").fill("Please answer it, too.")
    look_at(page, "screening-return")
    page.get_by_role("button", name="Return to the author").click()
    expect(page.get_by_text("Asked, and not yet answered")).to_be_visible()
    contribution = Contribution.objects.get(pk=contribution.pk)
    last = call.questions.last()
    saved = contributions_actions.save_answers(
        contribution, actor=author, version=contribution.version, answers={last.pk: "Interpreters."}
    )
    contributions_actions.answer(saved, actor=author)
    page.reload()
    expect(page.get_by_text("Interpreters.")).to_be_visible()
    page.locator("summary", has_text="Publish").click()
    page.get_by_role("button", name="Publish and tell the author").click()
    page.locator("#error-summary").wait_for()
    look_at(page, "screening-publish-wrong")
    for tick in page.locator('input[name^="publish-rule_"]').all():
        tick.check()
    page.get_by_role("button", name="Publish and tell the author").click()
    expect(page.get_by_text("Published as its author chose.")).to_be_visible()
    look_at(page, "screening-published")


def answers(page, look_at, call):
    """Once it has closed: what was said, and what followed."""
    page.goto(f"/en/desk/calls/{call.pk}/")
    page.get_by_role("link", name="Write the summary").click()
    page.get_by_label("Summary of contributions").fill("Hearings work; interpreters are missing.")
    look_at(page, "call-summary")
    page.get_by_role("button", name="Publish the summary").click()
    page.get_by_role("link", name="Write what followed").click()
    page.get_by_label("Date").fill("2026-11-20")
    page.get_by_label("What followed").fill("The ministry hired interpreters.")
    page.get_by_label("Source", exact=True).fill("Gazette 12")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("The ministry hired interpreters.").first).to_be_visible()
    look_at(page, "call-answered")
    page.goto("/en/calls/rules/")
    look_at(page, "rules")


def test_the_desks_pages_of_calls_in_arabic_on_a_phone(phone_ar, enter, look_at, live_server):
    load_mechanism()
    desk = person_with(Role.REVIEWS, name="Rana Reviews")
    enter(phone_ar, desk)
    call = CallFactory(title="Victims before the courts")
    contribution, _author = sent_for(call, StakeholderFactory(name="Coastal Watch"))
    draft = draft_call(
        actor=desk,
        values={"title": "A draft", "language_id": "en"},
        questions=[{"text": "What works?", "most_words": 100}, {"text": "What else?", "most_words": 50}],
    )
    for name, path in (
        ("calls", "?state=open"),
        ("call", f"{call.pk}/"),
        ("call-edit", f"{draft.pk}/edit/"),
        ("call-time", f"{call.pk}/time/"),
        ("call-closing", f"{call.pk}/closing/"),
        ("call-cancel", f"{call.pk}/cancel/"),
        ("call-publish", f"{draft.pk}/publish/"),
        ("call-contributions", f"{call.pk}/contributions/"),
        ("queue", "contributions/"),
        ("contribution", f"contributions/{contribution.pk}/"),
    ):
        phone_ar.goto(f"/ar/desk/calls/{path}")
        look_at(phone_ar, f"{name}-ar")
    phone_ar.goto("/ar/calls/rules/")
    look_at(phone_ar, "rules-ar")


def test_a_regional_focal_point_drafts_and_hands_in(page, enter, look_at, live_server):
    enter(page, person_with(Role.REGIONAL, region="002"))
    page.goto("/en/desk/calls/new/")
    page.get_by_label("Title").fill("Voices of the region")
    pick(page, "States", "kenya")
    go_on = page.get_by_role("button", name="Save and continue")
    go_on.click()
    page.get_by_role("heading", level=1, name="What it is about").wait_for()
    go_on.click()
    opens, closes = now() + timedelta(days=2), now() + timedelta(days=40)
    page.get_by_label("Opens", exact=False).first.fill(opens.strftime("%Y-%m-%dT09:00"))
    page.get_by_label("Closes", exact=False).first.fill(closes.strftime("%Y-%m-%dT18:00"))
    go_on.click()
    page.get_by_role("heading", level=1, name="Languages and length").wait_for()
    go_on.click()
    page.get_by_role("group", name="Question 1").get_by_label("Question", exact=True).fill("What works?")
    go_on.click()
    page.get_by_role("button", name="Submit it to the WhatsOn team").click()
    expect(page.get_by_text("submitted for publication")).to_be_visible()
    look_at(page, "call-handed-in")
    assert not Call.objects.published().exists()
