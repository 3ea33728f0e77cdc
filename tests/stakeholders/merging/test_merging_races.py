"""Two merges at one moment: exactly one wins."""

from threading import Event

import pytest

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from stakeholders.entries.models import Stakeholder
from stakeholders.invitations import actions_desk as invitations_actions_desk
from stakeholders.merging.actions import merge
from stakeholders.vetting import actions as vetting_actions
from tests.factories.accounts import UserFactory, person_with
from tests.factories.claims import listed_entry, sent_claim
from tests.factories.invited import a_wave
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import together, wait_for, waiting_for_locks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("second", ((1, 0), (0, 2), (0, 1)))
def test_of_two_merges_of_one_entry_exactly_one_wins(second):
    entries = [StakeholderFactory() for _each in range(3)]
    for entry in entries:
        member_of(entry)
    desk = person_with(Role.VETTING), person_with(Role.HEAD)
    pairs = ((0, 1), second)
    outcomes = together(
        *(
            lambda pair=pair, who=who: merge(
                Stakeholder.objects.get(pk=entries[pair[0]].pk),
                Stakeholder.objects.get(pk=entries[pair[1]].pk),
                actor=who,
                reason="The same.",
            )
            for pair, who in zip(pairs, desk, strict=True)
        )
    )
    assert [type(raised) for raised in outcomes if raised is not None] == [WrongState]
    merged = Stakeholder.objects.filter(status="merged")
    assert merged.count() == 1
    assert merged.get().merged_into.status == "active"
    assert merged.get().memberships.count() == 0
    assert merged.get().merged_into.memberships.count() == 2


def test_a_chain_made_at_once_ends_flat_or_in_one_refusal():
    first, second, third = (StakeholderFactory() for _each in range(3))
    desk = person_with(Role.VETTING), person_with(Role.HEAD)
    outcomes = together(
        lambda: merge(first, second, actor=desk[0], reason="The same."),
        lambda: merge(second, third, actor=desk[1], reason="The same."),
    )
    lost = [type(raised) for raised in outcomes if raised is not None]
    for entry in (first, second, third):
        entry.refresh_from_db()
    assert third.merged_into is None
    assert second.merged_into == third
    assert (lost, first.merged_into) in (([], third), ([WrongState], None))


def _with_a_merge_in_between(monkeypatch, module, name, act, merging):
    """The act stops just before it holds the entry, until a merge has come in between or waiting for it."""
    held, reached, merged = getattr(module, name), Event(), Event()

    def stopped(*arguments):
        reached.set()
        wait_for(lambda: merged.is_set() or waiting_for_locks())
        return held(*arguments)

    def once_it_has_stopped():
        reached.wait(300)
        try:
            merging()
        finally:
            merged.set()

    monkeypatch.setattr(module, name, stopped)
    return together(act, once_it_has_stopped)


def test_a_merge_and_the_approval_of_a_claim_wait_for_each_other_in_one_order(monkeypatch):
    gone, remaining = listed_entry(), StakeholderFactory()
    claim = sent_claim(gone)
    outcomes = _with_a_merge_in_between(
        monkeypatch,
        vetting_actions,
        "claimed_entry",
        lambda: vetting_actions.approve(
            claim, actor=person_with(Role.VETTING), unscreened_reason="No list here."
        ),
        lambda: merge(gone, remaining, actor=person_with(Role.HEAD), reason="The same."),
    )
    assert [type(raised) for raised in outcomes if raised] in ([], [DomainError], [WrongState])
    gone.refresh_from_db()
    people = set(remaining.memberships.values_list("user", flat=True))
    assert (gone.status, people) == ("merged", {claim.applicant_id})


def test_a_merge_and_an_invitation_that_is_accepted_wait_for_each_other_in_one_order(monkeypatch):
    invitation = a_wave().invitations.get()
    invitations_actions_desk.write_invitation(invitation)
    person = UserFactory(email=invitation.address)
    gone, remaining = invitation.stakeholder, listed_entry()
    outcomes = _with_a_merge_in_between(
        monkeypatch,
        invitations_actions_desk,
        "_entry_for",
        lambda: invitations_actions_desk.accept_desk_invitation(invitation, actor=person),
        lambda: merge(gone, remaining, actor=person_with(Role.HEAD), reason="The same."),
    )
    assert outcomes == [None, None]
    assert person.applications.get().stakeholder == remaining
