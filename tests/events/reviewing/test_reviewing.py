"""Reviewing proposals at the desk: who gets them, what is found, asked, merged, decided, released."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.models import Entry
from core.context import LANGUAGE_BAR
from core.errors import DomainError, WrongState
from events.events.models import Event
from events.organizers import actions as organizers_actions
from events.proposals import actions as proposals_actions
from events.proposals.actions_clock import erase_sensitive
from events.proposals.models import Merger, Proposal, ProposalRound, ReviewArea, Speaker
from events.reviewing import actions as reviewing_actions
from events.reviewing import actions_deciding as reviewing_actions_deciding
from events.reviewing import actions_merging as reviewing_actions_merging
from events.reviewing.models import DeskComment, EligibilityAnswer, EligibilityQuestion
from events.rounds import actions as rounds_actions
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from tests.days import NEXT_YEAR
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
from tests.factories.stakeholders import MembershipFactory, StakeholderFactory, member_of
from tests.support import assert_no_growth, lines_of
from workflow.drafts.models import DraftDecision
from workflow.items.models import WorkItem
from workflow.moves.models import Decision
from workflow.receipts.models import Receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture(autouse=True)
def question():
    """One question only, so that a test can answer it; the seeded ones are tested by themselves."""
    EligibilityQuestion.objects.all().delete()
    return EligibilityQuestion.objects.create(code="theme", name_en="Does it fit a theme?", position=1)


@pytest.fixture
def event():
    return RoundFactory(event__title="Crime Congress").event


@pytest.fixture
def desk():
    return person_with(Role.EVENTS, name="Desk Person")


@pytest.fixture
def as_desk(client, desk):
    sign_in(client, desk)
    return client


def page(proposal, name=""):
    return f"/en/desk/events/proposals/{proposal.pk}/" + (f"{name}/" if name else "")


def fill_checklist(proposal, desk):
    reviewing_actions.check(proposal, actor=desk, answers={"theme": ("yes", "")})
    return proposal


def accept(proposal, desk):
    reviewing_actions_deciding.draft_decision(
        fill_checklist(proposal, desk), "accept", actor=desk, note="Welcome."
    )


def release(event, desk):
    return reviewing_actions_deciding.release(
        event,
        actor=desk,
        stamp=reviewing_actions_deciding.stamp_of(event),
        mails=reviewing_actions_deciding.mails_of(event, desk),
    )


# --- The round ------------------------------------------------------------------------------------------
def test_the_round_is_set_up_by_the_clock_of_its_zone(as_desk):
    event = EventFactory(zone="Asia/Tokyo")
    values = {
        "opens_at": f"{NEXT_YEAR}-01-01T09:00",
        "closes_at": f"{NEXT_YEAR}-02-01T18:00",
        "edits_until": f"{NEXT_YEAR}-03-01T18:00",
        "zone": "Asia/Tokyo",
        "most_words": "300",
        "most_speakers": "8",
        "minutes": "60",
        "retention_days": "30",
        "one_lead_each": "on",
        "themes": ["cybercrime"],
    }
    address = f"/en/desk/events/{event.pk}/round/"
    wrong = as_desk.post(address, {**values, "edits_until": f"{NEXT_YEAR}-01-15T18:00"})
    assert "This second date comes after the closing" in wrong.text
    assert not ProposalRound.objects.exists()
    assert as_desk.post(address, values).status_code == 302
    rules = ProposalRound.objects.get()
    assert rules.closes_at.isoformat() == f"{NEXT_YEAR}-02-01T09:00:00+00:00"
    assert [topic.pk for topic in rules.themes.all()] == ["cybercrime"]
    assert f'value="{NEXT_YEAR}-02-01T18:00"' in as_desk.get(address).text
    assert Entry.objects.filter(action="events.proposalround.set_up").count() == 1


def test_more_time_and_a_second_proposal_are_given_at_the_desk(as_desk, event):
    lead = StakeholderFactory(name="Coastal Watch")
    admin = member_of(lead)
    address = f"/en/desk/events/{event.pk}/round/"
    unknown = as_desk.post(
        f"{address}second/", {"second-stakeholder": "Nobody", "second-note": "Good reasons"}
    )
    assert "exactly as the directory shows it" in unknown.text
    as_desk.post(f"{address}second/", {"second-stakeholder": "coastal watch", "second-note": "Good reasons"})
    assert Proposal.objects.get().override_note == "Good reasons"
    until = (event.round.closes_at + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    as_desk.post(
        f"{address}time/",
        {"time-stakeholder": "Coastal Watch", "time-until": until, "time-reason": "Power cut"},
    )
    assert event.round.closes_for(f"stakeholder:{lead.pk}") > event.round.closes_at
    assert set(Message.objects.filter(user=admin).values_list("kind", flat=True)) == {
        "events.second_allowed",
        "events.proposal_time_given",
    }
    assert "Power cut" in as_desk.get(address).text


@pytest.mark.parametrize("address", ("round/", "proposals/", "decisions/"))
def test_others_find_nothing_at_the_desk(client, event, address):
    for person in (UserFactory(), person_with(Role.VETTING), member_of(StakeholderFactory())):
        sign_in(client, person)
        assert client.get(f"/en/desk/events/{event.pk}/{address}").status_code == 404
        assert client.get(page(proposal_in("submitted", event=event))).status_code == 404


# --- Who reviews ----------------------------------------------------------------------------------------
@pytest.mark.behaviour("E-05")
def test_reviews_go_by_theme_or_region_and_never_to_one_who_belongs_to_an_organizer(client, event, desk):
    for_theme = person_with(Role.EVENTS, name="For Theme")
    for_africa = person_with(Role.EVENTS, name="For Africa")
    rounds_actions.set_area(event, actor=desk, reviewer=for_theme, theme="trafficking-in-persons")
    rounds_actions.set_area(event, actor=desk, reviewer=for_africa, region="002")

    def holder(proposal):
        return WorkItem.objects.about(proposal).open().get().holder

    by_theme = sent_for(event)
    assert holder(by_theme) == for_theme
    draft = full_draft(event)
    draft.theme_id = "cybercrime"
    draft.save()
    proposals_actions.submit(draft, actor=member_of(draft.lead))
    assert holder(draft) == for_africa

    co_organizer = StakeholderFactory()
    MembershipFactory(stakeholder=co_organizer, user=for_theme, role="reader")
    recused = full_draft(event)
    PartnerFactory(proposal=recused, stakeholder=co_organizer)
    proposals_actions.submit(recused, actor=member_of(recused.lead))
    assert holder(recused) is None

    sign_in(client, for_theme)
    shown = client.get(page(recused))
    assert "Please leave the decision to a colleague" in shown.text
    assert "Questions of eligibility" not in shown.text
    client.post(page(recused, "comment"), {"comment-text": "Ours is the best."})
    client.post(page(recused, "take"))
    assert not DeskComment.objects.exists()
    assert holder(recused) is None
    sign_in(client, desk)
    refused = client.post(page(recused, "assign"), {"assign-reviewer": for_theme.pk})
    assert "does not review it" in refused.text
    client.post(page(recused, "assign"), {"assign-reviewer": for_africa.pk})
    assert holder(recused) == for_africa


def test_who_comes_to_belong_to_an_organizer_reviews_no_longer(event, desk):
    """Also what waited before somebody was named for its theme is handed out."""
    proposal = sent_for(event)
    near = person_with(Role.EVENTS)
    rounds_actions.set_area(event, actor=desk, reviewer=near, theme="trafficking-in-persons")
    item = WorkItem.objects.about(proposal).get()
    assert item.holder == near
    joining = StakeholderFactory()
    member_of(joining)
    MembershipFactory(stakeholder=joining, user=near, role="reader")
    organizers_actions.invite(proposal, joining, actor=proposal.author)
    item.refresh_from_db()
    assert item.holder is None


def test_the_list_is_filtered_by_theme_region_and_holder(as_desk, event, desk):
    proposal = sent_for(event, title="In Kenya")
    other = full_draft(event, StakeholderFactory(country_id="FRA"), title="In France")
    other.theme_id = "cybercrime"
    other.save()
    proposals_actions.submit(other, actor=member_of(other.lead))
    reviewing_actions.take(proposal, actor=desk)
    address = f"/en/desk/events/{event.pk}/proposals/"

    def titles(**query):
        text = as_desk.get(address, query).text
        return {title for title in ("In Kenya", "In France") if title in text}

    assert titles() == {"In Kenya", "In France"}
    assert titles(theme="cybercrime") == {"In France"}
    assert titles(region="002") == {"In Kenya"}
    assert titles(holder="me") == {"In Kenya"}
    assert titles(holder="nobody") == {"In France"}


def test_the_list_costs_the_same_with_one_and_with_three(as_desk, event):
    address = f"/en/desk/events/{event.pk}/proposals/"
    assert_no_growth(lambda: as_desk.get(address), lambda: sent_for(event))


# --- The review -----------------------------------------------------------------------------------------
@pytest.mark.behaviour("E-06")
def test_what_reviewers_find_and_say_is_never_read_by_those_who_proposed(client, event, desk):
    author = member_of(StakeholderFactory())
    proposal = sent_for(event, author.memberships.get().stakeholder, author=author)
    sign_in(client, desk)
    alone = client.post(page(proposal, "check"), {"check-theme": "", "check-theme-comment": "SECRET-A"})
    assert "Choose an answer too." in alone.text
    client.post(page(proposal, "check"), {"check-theme": "unclear", "check-theme-comment": "SECRET-A"})
    client.post(page(proposal, "comment"), {"comment-text": "SECRET-B"})
    shown = client.get(page(proposal)).text
    assert "SECRET-A" in shown
    assert "SECRET-B" in shown
    assert EligibilityAnswer.objects.get().held == "unclear"
    sign_in(client, author)
    theirs = client.get(proposal.get_absolute_url()).text
    for hidden in ("SECRET", "eligibility", "comment", "Desk Person"):
        assert hidden not in theirs
    assert client.get(page(proposal)).status_code == 404
    assert not DeskComment.objects.visible_to(author).exists()
    assert not EligibilityAnswer.objects.visible_to(author).exists()


def test_a_question_that_is_no_longer_used_is_not_asked_and_its_answer_stays(as_desk, event, desk, question):
    proposal = fill_checklist(sent_for(event), desk)
    question.retired = True
    question.save()
    shown = as_desk.get(page(proposal)).text
    assert 'name="check-theme"' not in shown
    assert "Does it fit a theme?: Yes" in shown


def test_the_desk_asks_for_completion_with_a_time_of_its_own(as_desk, event, desk):
    proposal = sent_for(event)
    until = (now() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    none = as_desk.post(page(proposal, "ask"), {"ask-until": until})
    assert "Choose at least one field" in none.text
    values = {
        "ask-until": until,
        "ask-ask_summary": "on",
        "ask-text_summary": "Say who speaks.",
        "ask-note": "",
    }
    as_desk.post(page(proposal, "ask"), values)
    proposal.refresh_from_db()
    assert proposal.status == "incomplete"
    assert WorkItem.objects.about(proposal).get().is_paused
    assert Message.objects.filter(kind="events.proposal_incomplete").count() == 1
    assert "Say who speaks." in as_desk.get(page(proposal)).text
    author = proposal.author
    proposals_actions.complete(proposal, actor=author)
    assert not WorkItem.objects.about(proposal).get().is_paused


@pytest.mark.behaviour("E-25")
def test_a_trusted_proposer_needs_no_checklist_until_the_trust_ends(client, event, desk):
    proposal = sent_for(event)
    with pytest.raises(DomainError, match="eligibility checklist"):
        reviewing_actions_deciding.draft_decision(proposal, "accept", actor=desk)
    sign_in(client, desk)
    address = f"/en/desk/events/{event.pk}/round/"
    client.post(f"{address}trust/", {"trust-stakeholder": proposal.lead.name, "trust-note": "Ten good years"})
    reviewing_actions_deciding.draft_decision(proposal, "accept", actor=desk)
    trusted = proposal.lead.trusted_as_proposer.get()
    client.post(f"{address}trust/{trusted.pk}/end/", {"note": "It advertised"})
    trusted.refresh_from_db()
    assert (trusted.ended_by, trusted.ended_note) == (desk, "It advertised")
    other = sent_for(RoundFactory().event, proposal.lead)
    with pytest.raises(DomainError, match="eligibility checklist"):
        reviewing_actions_deciding.draft_decision(other, "accept", actor=desk)
    done = set(Entry.objects.filter(subject_kind="events.trustedproposer").values_list("action", flat=True))
    assert done == {"events.trustedproposer.give", "events.trustedproposer.end"}


# --- Merging --------------------------------------------------------------------------------------------
@pytest.mark.behaviour("E-04")
def test_two_proposals_become_one_once_both_leads_agree_and_both_histories_stay(client, event, desk):
    proposal, other = sent_for(event, title="Ports"), sent_for(event, title="Harbours")
    SpeakerFactory(proposal=proposal, name="Amina", name_key="amina", status="confirmed")
    helper = PartnerFactory(proposal=proposal, status="confirmed")
    sign_in(client, desk)
    client.post(page(proposal, "merge"), {"merge-into": other.pk, "merge-note": "The same subject."})
    merger = Merger.objects.get()
    messages = Message.objects.filter(kind="events.merge_asked")
    assert {message.user for message in messages} == {proposal.author, other.author}

    sign_in(client, proposal.author)
    address = reverse("events:merger", args=[merger.pk, proposal.pk])
    assert "The same subject." in client.get(address).text
    client.post(address, {"agree": "1"})
    assert client.get(reverse("events:merger", args=[merger.pk, other.pk])).status_code == 404
    proposal.refresh_from_db()
    assert proposal.status == "submitted"

    sign_in(client, other.author)
    client.post(reverse("events:merger", args=[merger.pk, other.pk]), {"agree": "1"})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.merged_into) == ("merged", other)
    assert dict(other.partners.values_list("stakeholder_id", "status")) == {
        proposal.lead_id: "confirmed",
        helper.stakeholder_id: "invited",
    }
    assert [(each.name, each.status) for each in other.speakers.all()] == [("Amina", "named")]
    assert not WorkItem.objects.about(proposal).open().exists()
    sign_in(client, proposal.author)
    merged_page = client.get(proposal.get_absolute_url()).text
    assert "It was merged into “Harbours”" in merged_page
    assert "sent the proposal" in merged_page
    assert Decision.objects.about(proposal).filter(move="merge", actor=desk).exists()


def test_a_lead_who_does_not_agree_ends_it(event, desk):
    proposal, other = sent_for(event), sent_for(event)
    merger = reviewing_actions_merging.suggest(proposal, other, actor=desk, note="Why not?")
    reviewing_actions_merging.agree(merger, proposal, actor=proposal.author)
    with pytest.raises(PermissionDenied):
        reviewing_actions_merging.refuse(merger, other, actor=proposal.author)
    reviewing_actions_merging.refuse(merger, other, actor=other.author)
    with pytest.raises(WrongState, match="answered already"):
        reviewing_actions_merging.agree(merger, proposal, actor=proposal.author)
    proposal.refresh_from_db()
    assert proposal.status == "submitted"


def test_what_is_withdrawn_is_not_merged_and_not_decided(event, desk):
    proposal, other = sent_for(event), sent_for(event)
    accept(proposal, desk)
    merger = reviewing_actions_merging.suggest(proposal, other, actor=desk, note="Why not?")
    proposals_actions.withdraw(proposal, actor=proposal.author)
    merger.refresh_from_db()
    assert merger.closed_at
    assert not DraftDecision.objects.exists()
    with pytest.raises(WrongState, match="nothing to release"):
        release(event, desk)


# --- Decisions ------------------------------------------------------------------------------------------
@pytest.mark.behaviour("E-07")
def test_decisions_are_drafted_previewed_in_each_language_and_released_at_once(client, event, desk):
    proposal, other = sent_for(event, title="Ports"), sent_for(event, title="Harbours")
    partner = PartnerFactory(proposal=proposal, status="confirmed")
    friend = member_of(partner.stakeholder)
    sign_in(client, desk)
    fill_checklist(proposal, desk)
    client.post(page(proposal, "accept"), {"accept-note": "Welcome."})
    short = client.post(page(other, "decline"), {"decline-reason": "full", "decline-note": ""})
    assert "Explain the decision to the organizer." in short.text
    client.post(page(other, "decline"), {"decline-reason": "full", "decline-note": "Sadly."})
    sign_in(client, proposal.author)
    assert "Accepted" not in client.get(proposal.get_absolute_url()).text

    sign_in(client, desk)
    address = f"/en/desk/events/{event.pk}/decisions/"
    subjects = set()
    for language, _name in LANGUAGE_BAR:
        preview = client.get(address, {"language": language})
        direction = "rtl" if language == "ar" else "ltr"
        panels = preview.text.split(f'<div class="panel" lang="{language}" dir="{direction}">')[1:]
        assert len(panels) == 2, language
        assert "Welcome." in preview.text
        subjects |= {re.search("<strong>(.*?)</strong>", panel)[1] for panel in panels}
    assert len(subjects) == 12  # two mails, each in six languages
    assert "3 e-mails are sent." in preview.text
    values = {"stamp": reviewing_actions_deciding.stamp_of(event), "mails": "3"}
    assert "Nothing was released" in client.post(address, values, follow=True).text
    other_count = client.post(address, {**values, "mails": "2", "sure": "1"}, follow=True)
    assert "have changed since" in other_count.text
    assert not Message.objects.filter(kind="events.proposal_accepted").exists()
    done = client.post(address, {**values, "sure": "1"}, follow=True)
    assert "2 decisions are released. 3 e-mails are on their way." in done.text
    proposal.refresh_from_db()
    other.refresh_from_db()
    assert (proposal.status, proposal.number, proposal.decided_at is not None) == ("accepted", 1, True)
    assert (other.status, other.number) == ("declined", None)
    messages = Message.objects.filter(kind__in=("events.proposal_accepted", "events.proposal_declined"))
    assert {message.user for message in messages} == {proposal.author, other.author, friend}
    assert not WorkItem.objects.open().exists()
    sign_in(client, other.author)
    assert "Sadly." in client.get(other.get_absolute_url()).text


def test_a_number_is_never_given_twice_and_a_cancelled_one_stays_listed(as_desk, event, desk):
    first = sent_for(event, title="The first")
    accept(first, desk)
    release(event, desk)
    proposals_actions.cancel(Proposal.objects.get(pk=first.pk), actor=desk, note="The organizer is ill.")
    second = sent_for(event, title="The second")
    accept(second, desk)
    release(event, desk)
    assert list(Proposal.objects.numbered().values_list("number", "status")) == [
        (1, "cancelled"),
        (2, "accepted"),
    ]
    listed = as_desk.get(f"/en/desk/events/{event.pk}/proposals/").text
    assert "The first" in listed
    assert "Cancelled" in listed


def test_what_nobody_authorized_cannot_be_accepted(event, desk):
    proposal = sent_for(event)
    Proposal.objects.filter(pk=proposal.pk).update(authorized_at=None)
    with pytest.raises(DomainError, match="does not count"):
        accept(proposal, desk)


def test_one_who_belongs_to_an_organizer_releases_nothing(event, desk):
    proposal, other = sent_for(event), sent_for(event)
    accept(proposal, desk)
    accept(other, desk)
    near = person_with(Role.EVENTS)
    MembershipFactory(stakeholder=proposal.lead, user=near, role="reader")
    with pytest.raises(WrongState, match="leave the release to a colleague"):
        release(event, near)
    assert set(Proposal.objects.values_list("status", flat=True)) == {"submitted"}


def test_a_batch_costs_the_same_with_two_and_with_twenty(desk):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (2, 20):
        event = RoundFactory().event
        for place in range(number):
            proposal = proposal_in("review", event=event)
            member_of(proposal.lead)
            DraftDecision.objects.create(
                subject_kind="events.proposal",
                subject_id=proposal.pk,
                batch=f"event:{event.pk}:proposals",
                move="accept" if place % 2 else "decline",
                reason="" if place % 2 else "full",
                note="Note",
                drafted_by=desk,
            )
        stamp, mails = (
            reviewing_actions_deciding.stamp_of(event),
            reviewing_actions_deciding.mails_of(event, desk),
        )
        with CaptureQueriesContext(connection) as queries:
            done = reviewing_actions_deciding.release(event, actor=desk, stamp=stamp, mails=mails)
        assert done == (number, number)
        statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        counts.append((len(statements), len([sql for sql in statements if not sql.startswith("INSERT")])))
    assert counts[0] == counts[1]


def test_areas_are_taken_out_again(as_desk, event, desk):
    area = rounds_actions.set_area(event, actor=desk, reviewer=desk, theme="cybercrime")
    assert "Desk Person" in as_desk.get(f"/en/desk/events/{event.pk}/round/").text
    as_desk.post(f"/en/desk/events/{event.pk}/round/areas/{area.pk}/drop/")
    assert not ReviewArea.objects.exists()


@pytest.mark.parametrize(
    ("has_programme", "words"), ((True, "come with the programme"), (False, "not fixed yet"))
)
def test_the_mail_promises_a_programme_only_where_there_is_one(event, desk, has_programme, words):
    Event.objects.filter(pk=event.pk).update(has_programme=has_programme)
    proposal = sent_for(Event.objects.get(pk=event.pk))
    accept(proposal, desk)
    release(event, desk)
    mail = compose(Message.objects.get(user=proposal.author, kind="events.proposal_accepted"))
    assert words in mail.body


def test_the_desk_sees_at_which_event_something_waits(as_desk, event):
    address = reverse("eventdesk:home")
    assert_no_growth(lambda: as_desk.get(address), lambda: sent_for(event))
    page = as_desk.get(address).text
    assert reverse("eventdesk:proposals", args=[event.pk]) in page
    assert "3 proposals" in page


@pytest.mark.behaviour("E-22")
def test_access_needs_and_genders_go_some_days_after_the_event_and_it_is_said_at_the_field(client):
    ends = now() + timedelta(days=60)
    rules = RoundFactory(retention_days=10, event__starts_at=ends - timedelta(days=2), event__ends_at=ends)
    event = rules.event
    proposal = sent_for(event, access_needs="A ramp")
    receipt = Receipt.objects.get(subject_id=proposal.pk, subject_kind="events.proposal")
    assert "A ramp" not in receipt.text
    SpeakerFactory(proposal=proposal, gender="woman", name="Ana")
    other = sent_for(RoundFactory().event, access_needs="Sign language")
    draft = full_draft(event)
    sign_in(client, member_of(draft.lead))
    page = "".join(
        client.get(reverse("events:proposal_step", args=[draft.pk, step])).text for step in ("who", "needs")
    )
    assert "Erased 10 days after the event." in page
    assert "The gender of speakers is erased 10 days after the event." in page

    assert erase_sensitive(ends + timedelta(days=9)) == 0
    assert erase_sensitive(ends + timedelta(days=11)) == 2
    assert erase_sensitive(ends + timedelta(days=11)) == 0
    assert set(Proposal.objects.values_list("pk", "access_needs")) >= {
        (proposal.pk, ""),
        (other.pk, "Sign language"),
    }
    assert Speaker.objects.get(name="Ana").gender == ""
    [entry] = Entry.objects.filter(action="events.proposalround.erase")
    assert entry.data == {"number": 2}
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposalRound.objects.filter(pk=rules.pk).update(retention_days=181)


def test_an_acceptance_that_would_be_refused_is_not_offered(as_desk, event, desk):
    proposal = proposal_in("submitted", event=event)
    text = as_desk.get(page(proposal)).text
    assert "Complete the eligibility checklist first: 1 question is still open." in text
    assert "Save draft acceptance" not in text
    fill_checklist(proposal, desk)
    assert "Save draft acceptance" in as_desk.get(page(proposal)).text


# --- As a file --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_proposals_of_an_event_leave_with_every_answer(as_desk, event, form):
    proposal = sent_for(event, title="=Ports", access_needs="A ramp.", summary="What ports do.")
    SpeakerFactory(proposal=proposal, name="Ada Speaker", address="ada@example.org", gender="woman")
    full_draft(event)
    url = f"/en/desk/events/{event.pk}/proposals.{form}"
    (line,) = lines_of(as_desk.get(url))
    assert (line["Title"], line["Summary"], line["Lead organizer"]) == (
        "'=Ports",
        "What ports do.",
        proposal.lead.name,
    )
    assert "Ada Speaker" in line["Speakers"]
    assert line["Address"].endswith(page(proposal))
    assert "A ramp." not in line.values()
    (line,) = lines_of(as_desk.get(url, {"sensitive": "1"}))
    assert line["Access needs"] == "A ramp."
    assert "ada@example.org" not in str(line)
    assert "oman" not in line["Speakers"]
    entries = Entry.objects.filter(action__startswith="events.event.export_proposals", subject_id=event.pk)
    assert [entry.action.rpartition(".")[2] for entry in entries.order_by("pk")] == [
        "export_proposals",
        "export_proposals_sensitive",
    ]


def test_the_file_of_proposals_holds_what_the_filters_show(as_desk, desk, event, django_assert_num_queries):
    proposal, _two = sent_for(event, title="Ports"), sent_for(event, title="Courts")
    reviewing_actions.take(proposal, actor=desk)
    pages, file = f"/en/desk/events/{event.pk}/proposals/", f"/en/desk/events/{event.pk}/proposals.csv"
    assert "proposals.xlsx?holder=me" in as_desk.get(pages, {"holder": "me"}).text
    assert [line["Title"] for line in lines_of(as_desk.get(file, {"holder": "me"}))] == ["Ports"]
    # What is decided is in the file where nothing is filtered.
    Proposal.objects.filter(pk=proposal.pk).update(status="withdrawn")
    assert {line["Title"] for line in lines_of(as_desk.get(file))} == {"Ports", "Courts"}
    with CaptureQueriesContext(connection) as few:
        lines_of(as_desk.get(file))
    for _number in range(3):
        sent_for(event)
    with django_assert_num_queries(len(few)):
        assert len(lines_of(as_desk.get(file))) == 5
