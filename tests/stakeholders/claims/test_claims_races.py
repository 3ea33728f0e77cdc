"""Two at one moment over one entry, with real threads and connections."""

import pytest

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from notifications.outbox.models import Message
from stakeholders.claims import actions as claims_actions
from stakeholders.claims import actions_joining as claims_actions_joining
from stakeholders.claims.models import JoinRequest, MailProof
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.vetting import actions as vetting_actions
from tests.factories.accounts import UserFactory, person_with
from tests.factories.claims import ADDRESS, claim_draft_of, listed_entry, sent_claim
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


def test_of_two_claims_exactly_one_is_approved_and_the_other_is_told():
    entry = listed_entry()
    sent = [sent_claim(entry), sent_claim(entry)]
    desk = [person_with(Role.VETTING), person_with(Role.VETTING)]
    outcomes = together(
        *(
            lambda claim=claim, who=who: vetting_actions.approve(
                claim, actor=who, unscreened_reason="No list here."
            )
            for claim, who in zip(sent, desk, strict=True)
        )
    )
    lost = [place for place, raised in enumerate(outcomes) if raised is not None]
    assert [isinstance(outcomes[place], DomainError) for place in lost] == [True]
    loser = sent[lost[0]]
    loser.refresh_from_db()
    assert loser.is_open
    assert Stakeholder.objects.get().status == "active"
    assert Membership.objects.count() == 1
    messages = Message.objects.filter(kind="stakeholders.claim_taken")
    assert list(messages.values_list("user", flat=True)) == [loser.applicant_id]


def test_two_windows_begin_one_claim():
    entry, person = listed_entry(), UserFactory()
    outcomes = together(*(lambda: claims_actions.begin_claim(entry, actor=person) for _window in range(2)))
    assert [raised for raised in outcomes if raised is not None and not isinstance(raised, DomainError)] == []
    assert entry.applications.count() == 1


def test_wrong_codes_at_once_are_all_counted():
    draft = claim_draft_of(listed_entry(), paper=False)
    claims_actions.send_code(draft, ADDRESS, actor=draft.applicant)
    outcomes = together(
        *(lambda: claims_actions.confirm_code(draft, "WRONG", actor=draft.applicant) for _try in range(4))
    )
    assert [type(raised) for raised in outcomes] == [DomainError] * 4
    assert MailProof.objects.get().attempts == 4


def test_of_two_administrators_who_answer_at_once_one_does():
    club = StakeholderFactory()
    admins = [member_of(club), member_of(club)]
    join_request = claims_actions_joining.ask_to_join(club, actor=UserFactory(), message="Me.")
    outcomes = together(
        lambda: claims_actions_joining.accept_request(join_request, actor=admins[0]),
        lambda: claims_actions_joining.decline_request(join_request, actor=admins[1], reason="No."),
    )
    assert [type(raised) for raised in outcomes if raised is not None] == [WrongState]
    accepted = JoinRequest.objects.get().outcome == "accepted"
    assert Membership.objects.filter(user=join_request.user).exists() == accepted


def test_asking_twice_at_once_asks_once():
    club, person = StakeholderFactory(), UserFactory()
    member_of(club)
    outcomes = together(
        *(
            lambda: claims_actions_joining.ask_to_join(club, actor=person, message="Me.")
            for _click in range(2)
        )
    )
    assert [type(raised) for raised in outcomes if raised is not None] == [WrongState]
    assert JoinRequest.objects.count() == 1


def test_the_clock_passes_a_request_on_once():
    join_request = claims_actions_joining.ask_to_join(
        StakeholderFactory(), actor=UserFactory(), message="Me."
    )
    JoinRequest.objects.filter(pk=join_request.pk).update(with_desk_since=None)
    together(claims_actions_joining.pass_on, claims_actions_joining.pass_on)
    assert Message.objects.filter(kind="stakeholders.join_passed_on").count() == 0  # nobody vets here
    assert JoinRequest.objects.get().with_desk_since is not None
