"""Who sees and moves events and proposals: every move, from every state, by everybody."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from accounts.people.enums import Role
from events.events.enums import EVENT_MOVES, EventStatus
from events.events.models import Event
from events.proposals.enums import PROPOSAL_MOVES, ProposalStatus
from events.proposals.models import Proposal
from tests.factories.accounts import UserFactory, person_with
from tests.factories.events import EventFactory, PartnerFactory, proposal_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.workflow.exhaustive import BY_STATE, attempts, by_state, cases

pytestmark = pytest.mark.django_db

EVENTS = by_state(
    cases(
        EVENT_MOVES,
        EventStatus.values,
        people=("desk", "organizer", "other"),
        allowed={
            "submit": {"organizer"},
            "publish": {"desk"},
            "return": {"desk"},
            "refuse": {"desk"},
            "withdraw": {"organizer"},
            "cancel": {"desk", "organizer"},
            "suspend": {"desk"},
            "restore": {"desk"},
            "remove": {"desk"},
        },
    )
)
PROPOSALS = by_state(
    cases(
        PROPOSAL_MOVES,
        ProposalStatus.values,
        people=("desk", "lead", "partner", "other"),
        allowed={
            "submit": {"lead"},
            "revise": {"lead"},
            "complete": {"lead"},
            "withdraw": {"lead"},
            "cancel": {"lead", "desk"},
            "start": {"desk"},
            "ask": {"desk"},
            "accept": {"desk"},
            "decline": {"desk"},
            "merge": {"desk"},
            "suspend": {"desk"},
            "restore": {"desk"},
            "remove": {"desk"},
        },
    )
)


@pytest.mark.parametrize(BY_STATE, EVENTS)
def test_every_move_of_an_event(move, state, expected, reference):
    own = StakeholderFactory()
    event = EventFactory(status=state, organizer=own)
    people = {
        "desk": partial(person_with, Role.EVENTS),
        "organizer": partial(member_of, own),
        "other": UserFactory,
    }
    if (move, state) == ("publish", "draft"):
        expected = {**expected, "desk": "denied"}  # what a stakeholder has not sent is its own
    assert attempts(event, move, people) == expected


@pytest.mark.parametrize(BY_STATE, PROPOSALS)
def test_every_move_of_a_proposal(move, state, expected, reference):
    proposal = proposal_in(state)
    partner = PartnerFactory(proposal=proposal)
    people = {
        "desk": partial(person_with, Role.EVENTS),
        "lead": partial(member_of, proposal.lead),
        "partner": partial(member_of, partner.stakeholder),
        "other": UserFactory,
    }
    how = {}
    if move == "accept":
        how["number"] = proposal.number or 900
    if move == "merge":
        how["merged_into"] = proposal_in("accepted", event=proposal.event, number=901)
    assert attempts(proposal, move, people, **how) == expected


def test_a_draft_is_its_organizers_alone(reference):
    own = StakeholderFactory()
    theirs, ours = EventFactory(status="draft", organizer=own), EventFactory(status="draft")
    shown = EventFactory()
    desk, member = person_with(Role.EVENTS), member_of(own)
    assert set(Event.objects.visible_to(AnonymousUser())) == {shown}
    assert set(Event.objects.visible_to(member)) == {shown, theirs}
    assert set(Event.objects.visible_to(desk)) == {shown, ours}
    assert set(Event.objects.visible_to(UserFactory())) == {shown}


def test_a_proposal_is_its_peoples_until_a_programme_shows_it(reference):
    draft, sent = proposal_in("draft"), proposal_in("submitted")
    public = proposal_in("accepted", public_at=now())
    partner = PartnerFactory(proposal=draft)
    desk = person_with(Role.EVENTS)
    assert set(Proposal.objects.visible_to(AnonymousUser())) == {public}
    assert set(Proposal.objects.visible_to(desk)) == {sent, public}
    assert set(Proposal.objects.visible_to(member_of(draft.lead))) == {draft, public}
    assert set(Proposal.objects.visible_to(member_of(partner.stakeholder))) == {draft, public}


@pytest.mark.parametrize("model_in", (EventFactory, proposal_in))
def test_what_may_be_viewed_is_what_is_visible(model_in, reference):
    objects = (
        [EventFactory(status=s) for s in EventStatus]
        if model_in is EventFactory
        else [proposal_in(s) for s in ProposalStatus]
    )
    for user in (AnonymousUser(), UserFactory(), person_with(Role.EVENTS), person_with(Role.VETTING)):
        for row in objects:
            is_visible = type(row).objects.visible_to(user).filter(pk=row.pk).exists()
            assert user.has_perm(f"events.view_{row._meta.model_name}", row) == is_visible


def test_those_without_a_date_come_last_among_the_past(reference):
    undated = EventFactory(starts_at=None, ends_at=None)
    old = EventFactory(starts_at=now() - timedelta(days=900))
    new = EventFactory(starts_at=now() - timedelta(days=9))
    next_one = EventFactory()
    assert list(Event.objects.past()) == [new, old, undated]
    assert list(Event.objects.coming()) == [next_one]
