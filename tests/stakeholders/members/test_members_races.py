"""Two people of one organization, or of the desk, at one moment: real threads and connections."""

import pytest

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from stakeholders.changes import actions as changes_actions
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.invitations import actions as invitations_actions
from stakeholders.members import actions as members_actions
from tests.factories.accounts import UserFactory, person_with
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import together
from workflow.changes.models import ChangeRequest
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def entry():
    return StakeholderFactory(name="Coastal Watch")


def kinds_of(outcomes):
    return sorted(type(raised).__name__ for raised in outcomes)


def test_of_two_admins_who_leave_at_once_one_stays(entry):
    both = member_of(entry), member_of(entry)
    outcomes = together(*(lambda who=who: members_actions.leave(entry, actor=who) for who in both))
    assert kinds_of(outcomes) == ["DomainError", "NoneType"]
    assert Membership.objects.filter(role=MemberRole.ADMIN).count() == 1


def test_of_two_admins_who_remove_or_demote_each_other_one_stays(entry):
    admin, other = member_of(entry), member_of(entry)
    theirs, mine = Membership.objects.get(user=other), Membership.objects.get(user=admin)
    outcomes = together(
        lambda: members_actions.remove_member(theirs, actor=admin),
        lambda: members_actions.change_role(mine, MemberRole.READER, actor=other),
    )
    assert kinds_of(outcomes) == ["NoneType", "PermissionDenied"]
    assert Membership.objects.filter(role=MemberRole.ADMIN).count() == 1


def test_an_admin_leaves_while_the_other_steps_down(entry):
    admin, other = member_of(entry), member_of(entry)
    theirs = Membership.objects.get(user=other)
    outcomes = together(
        lambda: members_actions.leave(entry, actor=admin),
        lambda: members_actions.change_role(theirs, MemberRole.READER, actor=other),
    )
    assert kinds_of(outcomes) == ["DomainError", "NoneType"]
    assert Membership.objects.filter(role=MemberRole.ADMIN).count() == 1


def test_an_invitation_is_accepted_once(entry):
    invitation = invitations_actions.invite(entry, "dalia@example.org", "reader", actor=member_of(entry))
    dalia = UserFactory(email="dalia@example.org")
    outcomes = together(*[lambda: invitations_actions.accept(invitation, actor=dalia)] * 2)
    assert kinds_of(outcomes) == ["NoneType", "WrongState"]
    assert Membership.objects.filter(user=dalia).count() == 1


def test_accepting_and_withdrawing_at_once_leave_one_of_them(entry):
    admin = member_of(entry)
    invitation = invitations_actions.invite(entry, "dalia@example.org", "reader", actor=admin)
    dalia = UserFactory(email="dalia@example.org")
    outcomes = together(
        lambda: invitations_actions.accept(invitation, actor=dalia),
        lambda: invitations_actions.withdraw_invitation(invitation, actor=admin),
    )
    assert kinds_of(outcomes) == ["NoneType", "WrongState"]
    invitation.refresh_from_db()
    assert Membership.objects.filter(user=dalia).exists() == bool(invitation.accepted_at)


def test_two_invitations_of_one_address_at_once_are_one(entry):
    both = member_of(entry), member_of(entry)
    outcomes = together(
        *(
            lambda who=who: invitations_actions.invite(entry, "dalia@example.org", "reader", actor=who)
            for who in both
        )
    )
    assert kinds_of(outcomes) == ["DomainError", "NoneType"]
    assert entry.invitations.count() == 1


def test_of_two_decisions_on_a_change_one_wins(entry):
    change = changes_actions.propose(entry, actor=member_of(entry), answers={"name": "Ocean Watch"})
    vetter, head = person_with(Role.VETTING), person_with(Role.HEAD)
    outcomes = together(
        lambda: changes_actions.decide(change, "approve", actor=vetter),
        lambda: changes_actions.decide(change, "refuse", actor=head, note="No."),
    )
    assert kinds_of(outcomes) == ["NoneType", "WrongState"]
    stored_change = ChangeRequest.objects.get()
    shown = Stakeholder.objects.get().name
    assert shown == ("Ocean Watch" if stored_change.status == "approved" else "Coastal Watch")
    assert Decision.objects.about(change).count() == 1


def test_an_approval_and_a_new_proposal_do_not_wait_for_each_other_for_ever(entry):
    admin = member_of(entry)
    change = changes_actions.propose(entry, actor=admin, answers={"name": "Ocean Watch"})
    vetter = person_with(Role.VETTING)
    outcomes = together(
        lambda: changes_actions.decide(change, "approve", actor=vetter),
        lambda: changes_actions.propose(entry, actor=admin, answers={"website": "https://new.example"}),
    )
    assert outcomes[0] is None
    assert outcomes[1] is None or isinstance(outcomes[1], WrongState)


def test_two_edits_of_one_version_keep_the_first(entry):
    both = member_of(entry), member_of(entry)
    version = Stakeholder.objects.get().updated_at
    outcomes = together(
        *(
            lambda who=who, city=city: changes_actions.edit(
                entry, actor=who, version=version, answers={"city": city}
            )
            for who, city in zip(both, ("Lamu", "Kilifi"), strict=True)
        )
    )
    assert kinds_of(outcomes) == ["NoneType", "WrongState"]
    assert all(isinstance(raised, DomainError) for raised in outcomes if raised)
