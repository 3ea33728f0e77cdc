"""An organizer proposes with a co-organizer; the desk asks for completion, reviews and releases."""

import os
import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from events.proposals.models import Proposal
from events.reviewing import actions_merging as reviewing_actions_merging
from events.reviewing.models import EligibilityQuestion
from events.speakers import actions as speakers_actions
from notifications.outbox.models import Message
from tests.browser.picking import pick
from tests.factories.accounts import person_with
from tests.factories.events import RoundFactory, SpeakerFactory, sent_for
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.fixture
def event(live_server):
    EligibilityQuestion.objects.all().delete()
    EligibilityQuestion.objects.create(
        code="theme",
        name_en="Does the meeting belong to a theme of the event?",
        position=1,
        text="The main theme and the summary should name the same subject.",
    )
    return RoundFactory(
        event__title="Sixteenth Crime Congress",
        event__translations={"ar": {"title": "المؤتمر السادس عشر لمنع الجريمة"}},
        guidance="Organizations of the directory may propose one meeting each.",
        preference="Joint proposals of several regions come first.",
        most_words=60,
    ).event


@pytest.fixture
def another(browser, browser_context_args):
    """A second browser."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    yield page
    context.close()


def writes(page, look_at) -> Proposal:
    page.get_by_label("Title").focus()
    page.keyboard.type("Ports and people")
    page.get_by_label("Summary").fill("What ports can do against trafficking in persons.")
    expect(page.locator("[data-autosave-told]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d"))
    proposal = Proposal.objects.get()
    assert proposal.title == "Ports and people"
    go_on = page.get_by_role("button", name="Save and continue")
    go_on.click()
    expect(page.locator(".error-summary a").first).to_be_visible()
    look_at(page, "02-write-wrong")
    pick(page, "Language of this text", "english")
    pick(page, "Main theme", "persons")
    go_on.click()
    page.wait_for_url(re.compile("/write/how/$"))
    page.get_by_label("In person", exact=True).check()
    pick(page, "Languages of the meeting", "english")
    look_at(page, "03-how")
    go_on.click()
    page.wait_for_url(re.compile("/write/who/$"))
    page.get_by_label("Name", exact=True).fill("Amina Said")
    page.get_by_label("Affiliation").fill("Port of Mombasa")
    page.get_by_label("E-mail address").fill("amina@example.org")
    page.get_by_role("group", name=re.compile("permanent mission")).get_by_label("Yes").check()
    look_at(page, "03-who")
    go_on.click()
    page.wait_for_url(re.compile("/write/needs/$"))
    page.get_by_label(re.compile("We use logos")).check()
    look_at(page, "03-needs")
    go_on.click()
    page.wait_for_url(re.compile("/check/$"))
    return proposal


def asks_another(page, look_at, proposal) -> None:
    page.goto(f"/en/events/proposals/{proposal.pk}/organizers/")
    page.get_by_label("Name or acronym").fill("highland")
    page.keyboard.press("Enter")
    page.get_by_label("Highland Partners").check()
    page.get_by_role("button", name="Ask to organize together").click()
    expect(page.get_by_text("Request sent.")).to_be_visible()
    look_at(page, "04-organizers")


def confirms(page, look_at) -> None:
    page.goto("/en/me/")
    look_at(page, "05-my-work")
    page.get_by_role("link", name="Answer the invitation").click()
    look_at(page, "06-partner")
    page.get_by_role("button", name="We organize it together").click()
    expect(page.get_by_text("is named as an organizer")).to_be_visible()


def sends(page, look_at, proposal) -> None:
    page.goto(f"/en/events/proposals/{proposal.pk}/check/")
    look_at(page, "07-check")
    page.get_by_role("button", name="Authorize and send").click()
    page.wait_for_url(re.compile("/receipts/WO-"))
    look_at(page, "08-receipt")


def asks_for_more(page, look_at, proposal) -> None:
    page.goto(f"/en/desk/events/{proposal.event_id}/proposals/")
    look_at(page, "09-waiting")
    page.get_by_role("link", name="Ports and people").click()
    page.get_by_role("button", name="Assign to me").click()
    look_at(page, "10-review")
    page.locator("summary", has_text="Return for changes").click()
    page.get_by_label("Summary", exact=True).check()
    page.get_by_label("What the organizer should do about “Summary”").fill("Say what is shown.")
    page.get_by_role("button", name="Ask the organizer").click()
    expect(page.get_by_text("Asked, and not yet answered")).to_be_visible()


def completes(page, look_at, proposal) -> None:
    page.goto(f"/en/events/proposals/{proposal.pk}/")
    look_at(page, "11-incomplete")
    page.get_by_role("link", name="Complete the proposal").click()
    page.get_by_label("Summary").fill("What ports can do; a film is shown.")
    page.get_by_role("button", name="Check and send").click()
    page.get_by_role("button", name="Send what was asked for").click()
    page.wait_for_url(re.compile("/receipts/WO-"))


def decides(page, look_at, proposal) -> None:
    page.goto(f"/en/desk/events/proposals/{proposal.pk}/")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Save the checklist").click()
    page.locator("summary", has_text="Propose acceptance").click()
    page.get_by_role("button", name="Save draft acceptance").click()
    page.get_by_role("link", name="All drafted decisions").click()
    preview = page.get_by_role("navigation", name="Language of the preview")
    preview.get_by_role("link", name="العربية").click()
    expect(page.locator('.panel[lang="ar"][dir="rtl"]')).to_have_count(1)
    look_at(page, "12-decisions")
    page.get_by_label("I have read them; send 2 e-mails.").check()
    page.get_by_role("button", name="Release decisions").click()
    expect(page.get_by_text("2 e-mails are on their way")).to_be_visible()
    look_at(page, "13-released")


@pytest.mark.journey("propose")
@pytest.mark.behaviour("E-01", "E-04", "E-07")
def test_an_organizer_proposes_with_another_and_the_desk_decides(
    page, another, phone_ar, enter, look_at, event
):
    lead = StakeholderFactory(name="Coastal Watch")
    enter(page, member_of(lead, time_zone="Africa/Nairobi"))
    enter(another, member_of(StakeholderFactory(name="Highland Partners", kind="academia", country_id="FRA")))
    page.goto(f"/en/events/{event.pk}-{event.slug}/propose/")
    look_at(page, "01-propose")
    page.get_by_role("button", name="Begin a draft").click()
    page.wait_for_url(re.compile("/write/what/$"))
    proposal = writes(page, look_at)
    asks_another(page, look_at, proposal)
    confirms(another, look_at)
    sends(page, look_at, proposal)
    another.context.clear_cookies()
    enter(another, person_with(Role.EVENTS, name="Desk Person"))
    asks_for_more(another, look_at, proposal)
    completes(page, look_at, proposal)
    decides(another, look_at, proposal)
    page.goto(f"/en/events/proposals/{proposal.pk}/")
    expect(page.get_by_text("as number 1")).to_be_visible()
    look_at(page, "14-accepted")
    enter(phone_ar, member_of(lead))
    phone_ar.goto(f"/ar/events/proposals/{proposal.pk}/")
    look_at(phone_ar, "15-accepted-ar")
    phone_ar.goto(f"/ar/events/{event.pk}-{event.slug}/propose/")
    look_at(phone_ar, "16-propose-ar")


def test_the_desk_sets_up_a_round(page, enter, look_at, event):
    enter(page, person_with(Role.EVENTS))
    page.goto(f"/en/desk/events/{event.pk}/round/")
    look_at(page, "17-round")
    page.get_by_text("Lengths and numbers").click()
    page.get_by_label("Speakers at most").fill("0")
    page.get_by_role("button", name="Save the round").click()
    expect(page.locator(".field-wrong")).to_have_count(1)
    page.get_by_label("Speakers at most").fill("6")
    page.get_by_role("button", name="Save the round").click()
    expect(page.get_by_text("The round is saved.")).to_be_visible()


def test_speakers_leads_and_late_writers_have_pages_that_work(page, phone_ar, enter, look_at, event):
    desk, lead = person_with(Role.EVENTS), StakeholderFactory(name="Coastal Watch")
    proposal = sent_for(event, lead, title="Ports and people")
    other = sent_for(event, title="Harbours")
    speaker = SpeakerFactory(proposal=proposal, name="Amina Said", address="amina@example.org")
    speakers_actions.ask_speaker(speaker, actor=proposal.author)
    token = Message.objects.get(kind="events.speaker_asked").url.rstrip("/").rpartition("/")[2]
    phone_ar.goto(f"/ar/events/speakers/{token}/")
    look_at(phone_ar, "20-speaker-ar")
    page.goto(f"/en/events/speakers/{token}/")
    look_at(page, "21-speaker")
    page.get_by_role("button", name="I will speak").click()
    expect(page.get_by_text("The organizer sees your answer.")).to_be_visible()
    merger = reviewing_actions_merging.suggest(proposal, other, actor=desk, note="Both are about ports.")
    enter(page, proposal.author)
    page.goto(f"/en/events/mergers/{merger.pk}/{proposal.pk}/")
    look_at(page, "22-merger")
    event.round.closes_at = now() - timedelta(minutes=1)
    event.round.save()
    page.goto(f"/en/events/proposals/{proposal.pk}/write/")
    look_at(page, "23-late")
    page.get_by_label("Title").fill("Ports, people and law")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_text("changed the meeting after the closing")).to_be_visible()
    page.goto(f"/en/events/proposals/{proposal.pk}/withdraw/")
    look_at(page, "24-withdraw")
