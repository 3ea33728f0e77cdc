"""Two who act at one moment, with real threads and connections."""

import pytest

from accounts.people.enums import Role
from core.digests import digest_of
from core.errors import DomainError, WrongState
from events.proposals import actions as proposals_actions
from events.proposals.actions_speakers import tell_speakers
from events.proposals.models import Merger, Proposal
from events.reviewing import actions as reviewing_actions
from events.reviewing import actions_deciding as reviewing_actions_deciding
from events.reviewing import actions_merging as reviewing_actions_merging
from events.reviewing.models import EligibilityQuestion
from events.speakers import actions as speakers_actions
from notifications.outbox.models import Message
from tests.factories.accounts import person_with
from tests.factories.events import RoundFactory, SpeakerFactory, full_draft, sent_for
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import run_during, together
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event():
    EligibilityQuestion.objects.all().delete()
    return RoundFactory().event


def test_two_colleagues_who_begin_at_once_begin_one(event):
    lead = StakeholderFactory()
    people = [member_of(lead), member_of(lead)]
    outcomes = together(*(lambda who=who: proposals_actions.begin(event, lead, actor=who) for who in people))
    assert outcomes == [None, None]
    assert Proposal.objects.count() == 1


def test_of_two_drafts_of_one_organization_sent_at_once_one_arrives(event):
    lead = StakeholderFactory()
    people = [member_of(lead), member_of(lead)]
    drafts = [full_draft(event, lead), full_draft(event, lead)]
    outcomes = together(
        *(
            lambda draft=draft, who=who: proposals_actions.submit(draft, actor=who)
            for draft, who in zip(drafts, people, strict=True)
        )
    )
    assert [type(raised) for raised in outcomes if raised] == [WrongState]
    assert Proposal.objects.filter(status="submitted").count() == 1


def _accepted_drafts(event, desk, number):
    proposals = [sent_for(event) for _place in range(number)]
    for proposal in proposals:
        reviewing_actions.check(proposal, actor=desk, answers={})
        reviewing_actions_deciding.draft_decision(proposal, "accept", actor=desk)
    return proposals


def test_two_officers_who_release_one_batch_release_it_once(event):
    desk = [person_with(Role.EVENTS), person_with(Role.EVENTS)]
    _accepted_drafts(event, desk[0], 5)
    stamp, mails = (
        reviewing_actions_deciding.stamp_of(event),
        reviewing_actions_deciding.mails_of(event, desk[0]),
    )
    outcomes = together(
        *(
            lambda who=who: reviewing_actions_deciding.release(event, actor=who, stamp=stamp, mails=mails)
            for who in desk
        )
    )
    assert [type(raised) for raised in outcomes if raised] == [WrongState]
    assert sorted(Proposal.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert Decision.objects.filter(move="accept").count() == 5
    assert Message.objects.filter(kind="events.proposal_accepted").count() == 5


def test_a_withdrawal_and_a_release_come_one_after_the_other(event):
    desk = person_with(Role.EVENTS)
    proposal, _other = _accepted_drafts(event, desk, 2)
    stamp, mails = (
        reviewing_actions_deciding.stamp_of(event),
        reviewing_actions_deciding.mails_of(event, desk),
    )
    outcomes = together(
        lambda: reviewing_actions_deciding.release(event, actor=desk, stamp=stamp, mails=mails),
        lambda: proposals_actions.withdraw(proposal, actor=proposal.author),
    )
    proposal.refresh_from_db()
    assert len([raised for raised in outcomes if raised]) == 1
    assert isinstance(next(raised for raised in outcomes if raised), DomainError)
    accepted = Message.objects.filter(kind="events.proposal_accepted").count()
    # Either the release came first and nothing can be withdrawn, or nobody was told of it.
    assert (proposal.status, accepted) in {("accepted", 2), ("withdrawn", 0)}


def test_both_leads_who_agree_at_once_merge_once(event):
    desk = person_with(Role.EVENTS)
    proposal, other = sent_for(event), sent_for(event)
    merger = reviewing_actions_merging.suggest(proposal, other, actor=desk, note="The same subject.")
    outcomes = together(
        lambda: reviewing_actions_merging.agree(merger, proposal, actor=proposal.author),
        lambda: reviewing_actions_merging.agree(merger, other, actor=other.author),
    )
    assert outcomes == [None, None]
    proposal.refresh_from_db()
    assert (proposal.status, proposal.merged_into_id) == ("merged", other.pk)
    assert Merger.objects.get().is_done
    assert Decision.objects.filter(move="merge").count() == 1


def test_an_answer_by_a_link_that_is_replaced_at_that_moment_does_not_count(event):
    speaker = SpeakerFactory(
        proposal=sent_for(event), status="confirmed", address="amina@example.org", token_hash=digest_of("old")
    )
    (refusal,) = run_during(
        lambda: tell_speakers("moved", {speaker.proposal_id: {"kind": "cancelled", "note": ""}}),
        lambda: speakers_actions.answer("old", speaks=False),
    )
    assert isinstance(refusal, WrongState)
    speaker.refresh_from_db()
    assert speaker.status == "confirmed"
