"""Two at one moment with an invitation of the desk, a wave, a list or a State account; real threads."""

import pytest

from accounts.people.enums import Role
from accounts.people.models import Grant
from core.errors import DomainError, WrongState
from notifications.outbox.models import Message
from stakeholders.applications.models import Application
from stakeholders.entries.models import Stakeholder
from stakeholders.invitations import actions_desk as invitations_actions_desk
from stakeholders.invitations import actions_waves as invitations_actions_waves
from stakeholders.invitations.models import DeskInvitation, Wave
from stakeholders.state_accounts import actions as state_accounts_actions
from stakeholders.state_accounts.enums import StateEnd
from stakeholders.state_accounts.models import StateAccount
from tests.factories.accounts import UserFactory, person_with
from tests.factories.invited import a_wave
from tests.stakeholders.state_accounts.invitations import invite as invite_state
from tests.support import together

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "dalia@example.org"


def test_two_who_accept_at_once_begin_one_registration():
    invitation = invitations_actions_desk.invite_to_register(
        ADDRESS, actor=person_with(Role.VETTING), language="en", kind="ngo", name="Coastal Watch"
    )
    dalia = UserFactory(email=ADDRESS)

    def begin():
        invitations_actions_desk.accept_desk_invitation(invitation, actor=dalia)

    assert together(begin, begin) == [None, None]
    assert Application.objects.count() == 1
    assert DeskInvitation.objects.get().application == Application.objects.get()


def test_of_two_holders_of_one_address_one_begins():
    invitation = invitations_actions_desk.invite_to_register(
        ADDRESS, actor=person_with(Role.VETTING), language="en", kind="ngo", name="Coastal Watch"
    )
    dalia, other = UserFactory(email=ADDRESS), UserFactory(email="other@example.org")
    other.emailaddress_set.update(email=ADDRESS.upper())
    outcomes = together(
        *(
            lambda who=who: invitations_actions_desk.accept_desk_invitation(invitation, actor=who)
            for who in (dalia, other)
        )
    )
    assert [type(raised) for raised in outcomes if raised] == [WrongState]
    assert Application.objects.count() == 1


def test_accepting_and_withdrawing_at_once_leave_one_of_them():
    actor = person_with(Role.VETTING)
    invitation = invitations_actions_desk.invite_to_register(
        ADDRESS, actor=actor, language="en", kind="ngo", name="A"
    )
    dalia = UserFactory(email=ADDRESS)
    outcomes = together(
        lambda: invitations_actions_desk.accept_desk_invitation(invitation, actor=dalia),
        lambda: invitations_actions_desk.withdraw_desk_invitation(invitation, actor=actor),
    )
    assert [type(raised) for raised in outcomes if raised] == [WrongState]
    invitation_after = DeskInvitation.objects.get()
    assert bool(invitation_after.accepted_at) != bool(invitation_after.withdrawn_at)
    assert Application.objects.exists() == bool(invitation_after.accepted_at)


def test_workers_at_one_wave_write_to_each_person_once(monkeypatch):
    monkeypatch.setattr(invitations_actions_waves, "STEP", 2)
    wave = a_wave(9)
    invitations_actions_waves.start_wave(wave, actor=wave.made_by)
    assert (
        together(*(lambda: invitations_actions_waves.send_wave(wave.pk) for _worker in "abc")) == [None] * 3
    )
    invitations_actions_waves.send_wave(wave.pk)
    assert Message.objects.count() == Message.objects.values("address").distinct().count() == 9
    assert Wave.objects.get().status == "done"


def test_one_list_taken_in_twice_at_once_is_there_once():
    people = person_with(Role.VETTING), person_with(Role.HEAD)
    outcomes = together(*(lambda who=who: a_wave(5, actor=who) for who in people))
    assert len([raised for raised in outcomes if raised]) == 1
    assert all(isinstance(raised, DomainError) for raised in outcomes if raised)
    assert (Wave.objects.count(), Stakeholder.objects.count(), DeskInvitation.objects.count()) == (1, 5, 5)


def test_a_state_account_accepted_twice_at_once_gives_one_role():
    account = invite_state(person_with(Role.HEAD), ADDRESS)
    person = UserFactory(email=ADDRESS)
    assert together(
        *(lambda: state_accounts_actions.accept_state(account, actor=person) for _window in "ab")
    ) == [None, None]
    assert Grant.objects.filter(role=Role.STATE).count() == 1


def test_accepted_and_ended_at_once_a_state_account_leaves_no_role():
    head = person_with(Role.HEAD)
    account = invite_state(head, ADDRESS)
    person = UserFactory(email=ADDRESS)
    outcomes = together(
        lambda: state_accounts_actions.accept_state(account, actor=person),
        lambda: state_accounts_actions.end_state(account, actor=head, reason=StateEnd.NOTE),
    )
    assert [type(raised) for raised in outcomes if raised] in ([], [WrongState])
    assert StateAccount.objects.get().ended_at
    assert not Grant.objects.live().filter(role=Role.STATE).exists()
