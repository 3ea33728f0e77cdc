"""Proposing a meeting as a browser without script meets it: begin, write, authorize, send, change late."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, TooMany, WrongState
from events.calendar.queries import event_parts_of
from events.organizers import actions as organizers_actions
from events.proposals import actions as proposals_actions
from events.proposals import actions_clock as proposals_actions_clock
from events.proposals.models import Partner, Proposal, Speaker
from events.proposals.queries_own import rows_of
from events.rounds import actions as rounds_actions
from events.speakers import actions as speakers_actions
from events.work.queries import parts_at_desk
from notifications.outbox.models import Message
from stakeholders.entries.enums import MemberRole
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import (
    EventFactory,
    PartnerFactory,
    RoundFactory,
    SpeakerFactory,
    full_draft,
    proposal_in,
    sent_for,
)
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, words_of
from workflow.items.actions import ask
from workflow.items.models import WorkItem
from workflow.receipts.models import Receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def event():
    return RoundFactory(event__title="Crime Congress", most_words=20).event


@pytest.fixture
def lead():
    return StakeholderFactory(name="Coastal Watch")


@pytest.fixture
def admin(lead):
    return member_of(lead)


def at(proposal, page="write"):
    return f"/en/events/proposals/{proposal.pk}/{page}/" if page else f"/en/events/proposals/{proposal.pk}/"


def form_values(proposal, **more):
    """What the form sends."""
    values = {
        "version": Proposal.objects.get(pk=proposal.pk).version,
        "title": "Ports and people",
        "summary": "What ports can do.",
        "language": "en",
        "theme": "trafficking-in-persons",
        "mode": "in_person",
        "spoken": ["en", "fr"],
        "mission_informed": "yes",
        "logos_agreed": "on",
        "speakers-rows": "0",
        **more,
    }
    return {name: value for name, value in values.items() if value is not None}


def speaker_row(n=0, **more):
    values = {
        "name": "Amina Said",
        "role": "presenter",
        "affiliation": "Port Authority",
        "address": "",
        **more,
    }
    return {f"speakers-{n}-{name}": value for name, value in values.items()}


def close(event, **ago):
    event.round.closes_at = now() - timedelta(**(ago or {"minutes": 1}))
    event.round.save()


@pytest.mark.behaviour("E-01")
def test_written_in_one_page_saved_as_draft_sent_and_receipted(client, event, lead, admin):
    sign_in(client, admin)
    page = client.get(reverse("events:propose", args=[event.pk, event.slug]))
    assert "Coastal Watch" in page.text
    assert not Proposal.objects.exists()
    begun = client.post(page.request["PATH_INFO"], {"lead": lead.pk})
    proposal = Proposal.objects.get()
    assert begun.url == at(proposal)
    # A draft may have blanks, and too many words are kept.
    client.post(at(proposal), form_values(proposal, title="", summary="word " * 21, save="1"))
    proposal.refresh_from_db()
    assert (proposal.title, len(proposal.summary.split())) == ("", 21)
    wrong = client.post(at(proposal), form_values(proposal, title="", summary="word " * 21, check="1"))
    assert "Please give the meeting a title." in wrong.text
    assert "This has 21 words; 20 are allowed." in wrong.text
    blank = client.post(at(proposal), form_values(proposal, theme="", mode=None, spoken=None, check="1"))
    assert {"theme", "mode", "spoken"} <= set(blank.context["form"].errors)
    themes = form_values(
        proposal, more_themes=["cybercrime", "corruption", "firearms", "smuggling-of-migrants"]
    )
    assert "Choose three at most." in client.post(at(proposal), {**themes, "save": "1"}).text
    answer = client.post(
        at(proposal),
        form_values(
            proposal,
            check="1",
            more_themes=["cybercrime", "corruption", "firearms"],
            access_needs="A ramp",
            **{"speakers-rows": "1", **speaker_row()},
        ),
    )
    assert (answer.status_code, answer.url) == (302, at(proposal, "check"))
    proposal.refresh_from_db()
    assert (proposal.theme_id, proposal.more_themes.count()) == ("trafficking-in-persons", 3)
    assert set(proposal.spoken.values_list("pk", flat=True)) == {"en", "fr"}
    assert (proposal.mode, proposal.access_needs) == ("in_person", "A ramp")
    check = client.get(answer.url)
    assert "Ports and people" in check.text
    assert "Amina Said" in check.text
    sent = client.post(answer.url)
    receipt = Receipt.objects.about(proposal).get()
    assert sent.url == at(proposal, f"receipts/{receipt.reference}")
    shown = client.get(sent.url)
    assert receipt.text_sha256 in shown.text
    assert f">{escape(receipt.text)}</div>" in shown.text
    assert "What happens next" in shown.text
    assert "after that all decisions are released together." in shown.text
    text = client.get(f"{sent.url}text.txt").content
    assert hashlib.sha256(text).hexdigest() == receipt.text_sha256
    proposal.refresh_from_db()
    assert (proposal.status, proposal.counts) == ("submitted", True)
    assert set(Message.objects.values_list("kind", flat=True)) == {"events.proposal_received"}


def test_autosave_keeps_what_can_be_read(client, event, lead, admin):
    proposal = full_draft(event, lead)
    sign_in(client, admin)
    answer = client.post(at(proposal, "write/autosave"), form_values(proposal, title="Kept")).json()
    assert answer["version"] == 1
    proposal.refresh_from_db()
    assert proposal.title == "Kept"
    stale = client.post(at(proposal, "write/autosave"), form_values(proposal, title="Late", version=0))
    assert stale.status_code == 409
    half = client.post(at(proposal, "write/autosave"), form_values(proposal, title="More", link="no address"))
    assert "except what is not complete yet" in half.json()["said"]
    client.logout()
    assert client.post(at(proposal, "write/autosave"), form_values(proposal)).status_code == 401


@pytest.mark.behaviour("E-01")
def test_written_in_steps_each_saved_on_its_own_and_checked_at_its_fields(client, event, lead, admin):
    proposal = proposal_in("draft", event=event, lead=lead, logos_agreed=False)
    sign_in(client, admin)
    values = form_values(proposal)
    assert client.get(at(proposal)).url == at(proposal, "write/what")
    blank = client.post(at(proposal, "write/what"), {"version": 0, "title": "Ports", "summary": "word " * 21})
    assert 'value="Ports"' in blank.text
    assert "This has 21 words; 20 are allowed." in blank.text
    assert {"summary", "language", "theme"} == set(blank.context["form"].errors)
    assert "mode" not in blank.context["form"].fields
    proposal.refresh_from_db()
    assert (proposal.title, len(proposal.summary.split())) == ("Ports", 21)
    later = client.post(at(proposal, "write/how"), {"version": proposal.version, "wishes": "", "later": "1"})
    assert later.url == at(proposal, "")
    missing = client.get(at(proposal, "check"))
    assert f'href="{at(proposal, "write/how")}#id_mode"' in missing.text
    assert f'href="{at(proposal, "write/how")}#id_spoken"' in missing.text
    assert "Send the proposal" not in missing.text
    steps = ["what", "how", "who", "needs"]
    for step, following in zip(steps, [*steps[1:], "check"], strict=True):
        proposal.refresh_from_db()
        answer = client.post(at(proposal, f"write/{step}"), values | {"version": proposal.version})
        expected = following if following == "check" else f"write/{following}"
        assert answer.url == at(proposal, expected)
    stale = client.post(
        at(proposal, "write/what"), values | {"version": 0, "title": "Typed in another window"}
    )
    assert 'value="Typed in another window"' in stale.text
    autosaved = client.post(
        at(proposal, "write/what/autosave"),
        values | {"version": Proposal.objects.get().version, "title": "Harbours"},
    )
    assert autosaved.status_code == 200
    before = client.get(at(proposal, "write/how")).text
    assert f'href="{at(proposal, "write/what")}"' in before
    proposal.refresh_from_db()
    assert (proposal.title, proposal.mode, proposal.logos_agreed) == ("Harbours", "in_person", True)
    check = client.get(at(proposal, "check")).text
    assert all(f'href="{at(proposal, f"write/{step}")}"' in check for step in steps)
    client.post(at(proposal, "check"))
    proposal.refresh_from_db()
    assert proposal.status == "submitted"
    assert client.get(at(proposal, "write/what")).status_code == 302
    assert client.get(at(proposal, "write/nothing")).status_code == 404


def test_of_two_windows_the_later_one_shows_both_texts(client, event, lead, admin):
    proposal = full_draft(event, lead)
    sign_in(client, admin)
    old = form_values(proposal, title="Mine", save="1")
    proposals_actions.save(proposal, actor=admin, version=0, values={"title": "Theirs"})
    page = client.post(at(proposal), old)
    assert "Theirs" in page.text
    assert 'value="Mine"' in page.text
    assert client.post(at(proposal), {**old, "version": "1"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.title == "Mine"


def test_what_is_sent_after_signing_out_is_there_again(client, event, lead, admin):
    proposal = full_draft(event, lead)
    sent = client.post(at(proposal), form_values(proposal, title="Typed for an hour"))
    assert "/accounts/login/" in sent.url
    assert client.session[f"unsaved:proposal:{proposal.pk}"]["title"] == ["Typed for an hour"]
    sign_in(client, admin)
    # Signing in by the form keeps the session of the visitor; here its words are carried over by hand.
    session = client.session
    session[f"unsaved:proposal:{proposal.pk}"] = {"version": ["0"], "title": ["Typed for an hour"]}
    session.save()
    page = client.get(at(proposal))
    assert 'value="Typed for an hour"' in page.text
    assert "It is not saved yet." in page.text
    client.post(at(proposal), form_values(proposal, title="Typed for an hour", save="1"))
    proposal.refresh_from_db()
    assert proposal.title == "Typed for an hour"


@pytest.mark.behaviour("E-02")
def test_an_organization_leads_one_unless_staff_allow_another(client, event, lead, admin):
    sent_for(event, lead, author=admin)
    sign_in(client, admin)
    address = reverse("events:propose", args=[event.pk, event.slug])
    assert "leads a proposal already" in client.post(address, {"lead": lead.pk}).text
    assert Proposal.objects.count() == 1
    desk = person_with(Role.EVENTS)
    with pytest.raises(DomainError):
        rounds_actions.allow_second(event, lead, actor=desk, note=" ")
    second = rounds_actions.allow_second(event, lead, actor=desk, note="It runs the youth forum too.")
    page = client.get(at(second, ""))
    assert "It runs the youth forum too." in page.text
    client.post(at(second), form_values(second, save="1"))
    client.post(at(second, "check"))
    second.refresh_from_db()
    assert second.status == "submitted"
    assert Entry.objects.filter(action="events.proposal.allow_second", subject_id=second.pk).exists()


def test_a_second_draft_from_a_time_of_another_rule_cannot_be_sent(event, lead, admin):
    sent_for(event, lead, author=admin)
    with pytest.raises(WrongState, match="leads another"):
        proposals_actions.submit(full_draft(event, lead), actor=admin)


@pytest.mark.behaviour("E-03")
def test_an_editors_proposal_counts_once_an_administrator_authorizes(client, event, lead, admin):
    editor = member_of(lead, MemberRole.EDITOR)
    proposal = full_draft(event, lead)
    sign_in(client, editor)
    assert "It counts once an administrator" in client.get(at(proposal, "check")).text
    client.post(at(proposal, "check"))
    proposal.refresh_from_db()
    assert (proposal.status, proposal.counts) == ("submitted", False)
    assert client.post(at(proposal, "authorize")).status_code == 404
    messages = Message.objects.filter(kind="events.proposal_to_authorize")
    assert [message.user for message in messages] == [admin]

    event.round.closes_at = now() + timedelta(days=3, minutes=1)
    event.round.save()
    proposals_actions.remind_to_authorize()
    assert messages.all().count() == 1
    event.round.closes_at = now() + timedelta(days=3)
    event.round.save()
    proposals_actions.remind_to_authorize()
    proposals_actions.remind_to_authorize()
    assert messages.all().count() == 2

    sign_in(client, admin)
    assert "It does not count yet" in client.get(at(proposal, "")).text
    assert "Authorize the proposal" in client.get("/en/me/").text
    client.post(at(proposal, "authorize"))
    proposal.refresh_from_db()
    assert (proposal.counts, proposal.authorized_by) == (True, admin)


def test_nobody_authorizes_after_the_closing_and_taking_it_back_undoes_it(event, lead, admin):
    proposal = sent_for(event, lead, author=admin)
    waiting = WorkItem.objects.about(proposal).open()
    assert waiting.count() == 1
    assert proposals_actions.revise(proposal, actor=admin).counts is False
    assert not waiting.all().exists()
    editor = member_of(lead, MemberRole.EDITOR)
    proposals_actions.submit(proposal, actor=editor)
    assert waiting.all().count() == 1
    close(event)
    with pytest.raises(WrongState):
        proposals_actions.authorize(proposal, actor=admin)


@pytest.mark.behaviour("E-04")
def test_co_organizers_are_asked_from_the_directory_and_answer(client, event, lead, admin):
    proposal = full_draft(event, lead)
    other, hidden = (
        StakeholderFactory(name="Highland Partners"),
        StakeholderFactory(name="Highland Hidden", status="suspended"),
    )
    theirs = member_of(other)
    sign_in(client, admin)
    answer = client.get(at(proposal, "organizers"), {"q": "highland"})
    assert "Highland Partners" in answer.text
    assert "Highland Hidden" not in answer.text
    refused = client.post(at(proposal, "organizers"), {"q": "highland", "stakeholder": hidden.pk})
    assert "Choose a stakeholder from the list." in refused.text
    client.post(at(proposal, "organizers"), {"q": "highland", "stakeholder": other.pk})
    partner = Partner.objects.get()
    assert "asked, has not answered" in client.get(at(proposal, "")).text
    assert client.get(f"/en/events/partners/{partner.pk}/").status_code == 404

    sign_in(client, theirs)
    assert "Answer the invitation" in client.get("/en/me/").text
    page = client.get(f"/en/events/partners/{partner.pk}/")
    assert proposal.summary in page.text
    client.post(page.request["PATH_INFO"], {"confirm": "1"})
    partner.refresh_from_db()
    assert (partner.status, partner.answered_by) == ("confirmed", theirs)
    assert client.get(at(proposal, "")).status_code == 200
    assert client.get(at(proposal)).status_code == 404
    client.post(page.request["PATH_INFO"], {"decline": "1"})
    partner.refresh_from_db()
    assert partner.status == "declined"
    assert proposal.summary not in client.get(page.request["PATH_INFO"]).text
    kinds = set(Message.objects.filter(user=admin).values_list("kind", flat=True))
    assert kinds == {"events.proposal_joined", "events.proposal_left"}


@pytest.mark.behaviour("E-08")
def test_after_the_closing_organizers_are_locked_and_the_rest_is_open_until_the_second_date(
    client, event, lead, admin
):
    proposal = sent_for(event, lead, author=admin)
    partner = PartnerFactory(proposal=proposal)
    sign_in(client, admin)
    assert client.get(at(proposal)).url == at(proposal, "")
    close(event)
    page = client.get(at(proposal))
    assert "the organizers are locked" in page.text
    assert "data-autosave=" not in page.text
    blank = client.post(at(proposal), form_values(proposal, title="", save="1"))
    assert "Please give the meeting a title." in blank.text
    client.post(at(proposal), form_values(proposal, title="A better title", save="1"))
    proposal.refresh_from_db()
    assert (proposal.title, proposal.status) == ("A better title", "submitted")
    entry = Entry.objects.get(action="events.proposal.late_change")
    assert "title" in entry.data["fields"].lower()
    assert "changed the meeting after the closing" in client.get(at(proposal, "")).text
    assert "locked" in client.get(at(proposal, "organizers")).text
    for act in (
        lambda: organizers_actions.invite(proposal, StakeholderFactory(), actor=admin),
        lambda: organizers_actions.take_back(partner, actor=admin),
        lambda: organizers_actions.confirm(partner, actor=member_of(partner.stakeholder)),
    ):
        with pytest.raises(WrongState, match="locked"):
            act()
    event.round.edits_until = now() - timedelta(seconds=1)
    event.round.save()
    assert client.get(at(proposal)).url == at(proposal, "")
    with pytest.raises(WrongState):
        proposals_actions.save(proposal, actor=admin, version=proposal.version, values={"title": "Too late"})
    # The link of an online meeting has a day of its own and is asked for before; nothing else is open.
    event.round.link_until = now() + timedelta(days=2)
    event.round.save()
    Proposal.objects.filter(pk=proposal.pk).update(status="accepted", number=1, mode="hybrid")
    proposals_actions_clock.remind_of_links()
    proposals_actions_clock.remind_of_links()
    assert Message.objects.filter(kind="events.proposal_link_due", user=admin).count() == 1
    assert "is due by" in client.get(at(proposal, "")).text
    page = client.get(at(proposal)).text
    assert 'name="link"' in page
    assert 'name="title"' not in page
    proposal.refresh_from_db()
    values = {"version": proposal.version, "title": "Too late", "save": "1"}
    wrong = client.post(at(proposal), values | {"link": "not an address"})
    assert "link" in wrong.context["form"].errors
    assert "not an address" in wrong.text
    client.post(at(proposal), values | {"link": "https://meet.example/1"})
    proposal.refresh_from_db()
    assert (proposal.title, proposal.link) == ("A better title", "https://meet.example/1")
    Proposal.objects.filter(pk=proposal.pk).update(link="")
    event.round.link_until = now() - timedelta(seconds=1)
    event.round.save()
    assert client.get(at(proposal)).url == at(proposal, "")
    assert "was due by" in client.get(at(proposal, "")).text


def test_one_second_late_is_late_unless_the_desk_gave_more_time(event, lead, admin):
    proposal = full_draft(event, lead)
    close(event, seconds=1)
    with pytest.raises(WrongState):
        proposals_actions.submit(proposal, actor=admin)
    rounds_actions.give_time(
        event.round, lead, actor=person_with(Role.EVENTS), until=now() + timedelta(days=1), reason="Power cut"
    )
    submitted, _receipt = proposals_actions.submit(proposal, actor=admin)
    assert submitted.status == "submitted"
    assert Message.objects.filter(kind="events.proposal_time_given", user=admin).count() == 1


def test_only_what_is_asked_about_opens_again_for_a_time_of_its_own(client, event, lead, admin):
    proposal = proposal_in(
        "incomplete",
        event=event,
        lead=lead,
        complete_by=now() + timedelta(days=3),
        summary="Old",
        title="Old title",
        theme_id="cybercrime",
    )
    proposal.spoken.set(["en"])
    ask(proposal, {"summary": "Say who speaks."}, actor=person_with(Role.EVENTS))
    close(event)
    sign_in(client, admin)
    page = client.get(at(proposal))
    assert "Say who speaks." in page.text
    assert 'name="title"' not in page.text
    client.post(at(proposal), form_values(proposal, title="New title", summary="New words.", check="1"))
    proposal.refresh_from_db()
    assert (proposal.title, proposal.summary) == ("Old title", "New words.")
    client.post(at(proposal, "check"))
    proposal.refresh_from_db()
    assert proposal.status == "review"
    late = proposal_in("incomplete", event=event, lead=lead, complete_by=now() - timedelta(seconds=1))
    with pytest.raises(WrongState, match="time to complete"):
        proposals_actions.complete(late, actor=admin)


def test_a_speaker_answers_by_a_link_that_does_nothing_by_itself(client, event, lead, admin):
    proposal = sent_for(event, lead, author=admin)
    speaker = SpeakerFactory(proposal=proposal, name="Amina Said", address="amina@example.org")
    sign_in(client, admin)
    client.post(at(proposal, f"speakers/{speaker.pk}/ask"))
    message = Message.objects.get(kind="events.speaker_asked")
    assert message.address == "amina@example.org"
    token = message.url.rstrip("/").rpartition("/")[2]
    speaker.refresh_from_db()
    assert speaker.token_hash == hashlib.sha256(token.encode()).hexdigest()
    client.logout()
    address = f"/en/events/speakers/{token}/"
    page = client.get(address)
    assert proposal.title in page.text
    assert "amina@example.org" not in page.text
    speaker.refresh_from_db()
    assert speaker.status == "named"
    client.post(
        address, {"confirm": "1", "affiliation": "Port of Mombasa", "mode": "online", "gender": "woman"}
    )
    speaker.refresh_from_db()
    assert (speaker.status, speaker.affiliation, speaker.mode) == ("confirmed", "Port of Mombasa", "online")
    client.post(address, {"decline": "1"})
    speaker.refresh_from_db()
    assert speaker.status == "declined"
    assert client.get("/en/events/speakers/guessed/").status_code == 404
    speakers_actions.ask_speaker(speaker, actor=admin)
    assert client.get(address).status_code == 404


def test_a_speaker_who_stays_keeps_the_answer_and_another_person_has_none(event, lead, admin):
    proposal = full_draft(event, lead)
    row = {
        "role": "chair",
        "name": "Amina Said",
        "affiliation": "A",
        "address": "amina@example.org",
        "mode": "",
        "gender": "",
        "is_registered": None,
    }
    proposals_actions.save(proposal, actor=admin, version=0, values={}, speakers=[row])
    Speaker.objects.update(status="confirmed", token_hash="x")
    proposals_actions.save(
        proposal, actor=admin, version=1, values={}, speakers=[{**row, "affiliation": "B"}]
    )
    assert Speaker.objects.get().status == "confirmed"
    proposals_actions.save(
        proposal, actor=admin, version=2, values={}, speakers=[{**row, "name": "Another Person"}]
    )
    assert (Speaker.objects.get().status, Speaker.objects.get().token_hash) == ("named", "")


def test_who_stands_behind_it_is_told_while_writing_and_kept_nowhere(client, event, lead, admin):
    proposal = full_draft(event, lead)
    PartnerFactory(proposal=proposal, stakeholder=StakeholderFactory(kind="academia", country_id="FRA"))
    SpeakerFactory(proposal=proposal, gender="woman")
    SpeakerFactory(proposal=proposal)
    sign_in(client, admin)
    page = words_of(client.get(at(proposal, "write/who")))
    assert "Africa · Europe" in page
    assert "women 1 · men 0 · another 0 · not stated 1" in page


def test_withdrawn_for_good_and_another_may_be_begun(client, event, lead, admin):
    proposal = sent_for(event, lead, author=admin)
    sign_in(client, admin)
    client.post(at(proposal, "withdraw"))
    proposal.refresh_from_db()
    assert proposal.status == "withdrawn"
    client.post(reverse("events:propose", args=[event.pk, event.slug]), {"lead": lead.pk})
    assert Proposal.objects.filter(status="draft").count() == 1


def test_a_draft_that_was_never_sent_is_deleted_and_others_are_not(client, event, lead, admin):
    proposal = full_draft(event, lead)
    sign_in(client, admin)
    client.post(at(proposal, "discard"))
    assert not Proposal.objects.exists()
    sent = sent_for(event, lead, author=admin)
    client.post(at(sent, "discard"))
    assert Proposal.objects.filter(pk=sent.pk).exists()


@pytest.mark.parametrize("page", ("", "write", "check", "organizers", "withdraw"))
def test_strangers_find_nothing(client, event, lead, page):
    proposal = full_draft(event, lead)
    sign_in(client, member_of(StakeholderFactory()))
    assert client.get(at(proposal, page)).status_code == 404


def test_readers_see_it_and_do_not_write(client, event, lead):
    proposal = full_draft(event, lead)
    sign_in(client, member_of(lead, MemberRole.READER))
    assert "This is a draft. Only the organizers can read it." in client.get(at(proposal, "")).text
    assert client.get(at(proposal)).status_code == 404


def test_nothing_is_proposed_for_an_event_without_a_round_or_that_is_not_shown(client, lead, admin):
    sign_in(client, admin)
    for event in (EventFactory(), RoundFactory(event__status="draft").event):
        address = reverse("events:propose", args=[event.pk, event.slug])
        assert client.get(address).status_code == 404
    cancelled = RoundFactory(event__status="cancelled").event
    address = reverse("events:propose", args=[cancelled.pk, cancelled.slug])
    assert "was cancelled" in client.post(address, {"lead": lead.pk}).text
    assert not Proposal.objects.exists()


def test_people_who_act_for_nobody_are_told_what_to_do(client, event):
    sign_in(client, UserFactory())
    page = client.get(reverse("events:propose", args=[event.pk, event.slug]))
    assert "You act for none yet" in page.text


def test_my_work_costs_the_same_with_one_and_with_three(client, event, lead, admin):
    def add():
        sent_for(RoundFactory().event, lead, author=admin)
        PartnerFactory(stakeholder=lead, proposal=full_draft())

    sign_in(client, admin)
    assert_no_growth(lambda: client.get("/en/me/"), add)


def test_what_a_person_wrote_or_authorized_is_among_their_data(event, lead, admin):
    editor = member_of(lead, MemberRole.EDITOR)
    proposal = full_draft(event, lead, author=editor, title="Ports")
    proposals_actions.submit(proposal, actor=editor)
    proposals_actions.authorize(proposal, actor=admin)
    for person, rows in ((editor, 1), (admin, 1), (UserFactory(), 0)):
        exported = list(rows_of(person))
        assert [{field.key: field.value for field in row}["title"] for row in exported] == ["Ports"] * rows


@pytest.mark.parametrize("status", ("accepted", "cancelled", "declined", "merged", "withdrawn", "review"))
def test_every_state_has_its_page(client, event, lead, admin, status):
    proposal = proposal_in(status, event=event, lead=lead, decided_at=now())
    sign_in(client, admin)
    assert proposal.title in client.get(at(proposal, "")).text
    assert proposal.title in client.get("/en/me/").text
    desk = person_with(Role.EVENTS)
    sign_in(client, desk)
    assert proposal.title in client.get(f"/en/desk/events/proposals/{proposal.pk}/").text


@pytest.mark.parametrize("days", (-1, 1))
def test_the_parts_on_the_pages_of_an_event(event, lead, admin, days):
    event.round.opens_at = now() + timedelta(days=days)
    event.round.save()
    proposal = full_draft(event, lead, title="Ours")
    shown = event_parts_of(admin, event)
    part = next(part for part in shown if part.template.endswith("proposals/_part.html"))
    html = render_to_string(part.template, {"event": event, "part": part.context})
    assert ("may propose meetings until" in html) is (days < 0)
    assert proposal.title in html
    desk = person_with(Role.EVENTS)
    part = next(p for p in parts_at_desk(desk, event) if p.template.endswith("proposals/_desk.html"))
    assert "Review proposals" in render_to_string(part.template, {"event": event, "part": part.context})
    without = event_parts_of(AnonymousUser(), EventFactory())
    assert not [part for part in without if part.template.endswith("proposals/_part.html")]


def test_who_is_only_asked_reads_no_link_and_no_access_needs(client, event, lead, admin):
    proposal = proposal_in(
        "submitted",
        event=event,
        lead=lead,
        mode="online",
        link="https://meet.example/7",
        access_needs="A ramp for two of us",
    )
    partner = PartnerFactory(proposal=proposal, status="invited")
    theirs = member_of(partner.stakeholder)
    for address in (at(proposal, ""), reverse("events:partner", args=[partner.pk])):
        sign_in(client, theirs)
        page = client.get(address)
        assert proposal.title in page.text
        assert "meet.example" not in page.text
        assert "A ramp" not in page.text
    Partner.objects.filter(pk=partner.pk).update(status="confirmed")
    for address in (at(proposal, ""), reverse("events:partner", args=[partner.pk])):
        assert "meet.example" in client.get(address).text


def test_nobody_mails_the_whole_world_through_the_speakers_of_a_draft(event, lead, admin):
    proposal = full_draft(event=event, lead=lead)
    rows = [
        SpeakerFactory(proposal=proposal, position=n, address=f"somebody{n}@example.org")
        for n in range(speakers_actions.PERSON_ASKS_A_DAY + 1)
    ]
    for row in rows[:-1]:
        speakers_actions.ask_speaker(row, actor=admin)
    with pytest.raises(TooMany):
        speakers_actions.ask_speaker(rows[-1], actor=admin)
    sent = Message.objects.filter(kind="events.speaker_asked")
    assert sent.count() == speakers_actions.PERSON_ASKS_A_DAY


def test_asking_and_taking_back_mails_nobody_without_end(event, lead, admin):
    proposal, other = full_draft(event=event, lead=lead), StakeholderFactory()
    member_of(other)
    for _n in range(organizers_actions.ASKS_A_DAY):
        organizers_actions.take_back(organizers_actions.invite(proposal, other, actor=admin), actor=admin)
    with pytest.raises(TooMany):
        organizers_actions.invite(proposal, other, actor=admin)
    assert Message.objects.filter(kind="events.partner_asked").count() == organizers_actions.ASKS_A_DAY


@pytest.mark.parametrize("verb", ("revise", "withdraw", "discard"))
def test_a_page_without_a_form_shows_none(client, event, lead, admin, verb):
    proposal = proposal_in("draft" if verb == "discard" else "submitted", event=event, lead=lead)
    sign_in(client, admin)
    page = client.get(at(proposal, verb))
    assert page.status_code == 200
    assert ">None<" not in page.text


def test_supporting_states_are_states(client, event, lead, admin):
    proposal = full_draft(event=event, lead=lead)
    sign_in(client, admin)
    page = client.get(at(proposal, "write/who")).text
    states = page[page.index("Supporting States") :]
    states = states[: states.index("</select>")]
    assert 'value="KEN"' in states
    assert 'value="AIA"' not in states
    client.post(at(proposal), form_values(proposal, save="1", supporting=["AIA"]))
    assert not proposal.supporting.exists()
