"""Somebody deletes their account while others make them the last of something, with real threads."""

import pytest

from accounts.data_rights.actions import Blocked, delete_account
from accounts.people.actions import end_grant
from accounts.people.enums import Role
from accounts.people.models import Grant, User
from accounts.people.queries import administrators
from core.errors import DomainError
from stakeholders.entries import actions as entries_actions
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership
from stakeholders.entries.queries import admins_of
from stakeholders.members import actions as members_actions
from tests.factories.accounts import UserFactory, person_with
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import together

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 5


def test_of_two_administrators_who_both_delete_their_account_one_stays():
    for _time in range(TIMES):
        entry = StakeholderFactory()
        first, second = member_of(entry), member_of(entry)
        member_of(entry, role=MemberRole.READER)
        outcomes = together(*(lambda who=who: delete_account(who, actor=who) for who in (first, second)))
        assert [type(raised) for raised in outcomes if raised is not None] == [Blocked]
        assert admins_of(entry.pk).count() == 1


def test_made_last_administrator_while_leaving():
    """One makes the other administrator and leaves; the other deletes the account at that moment."""
    for _time in range(TIMES):
        entry = StakeholderFactory()
        leader, heir = member_of(entry), member_of(entry, role=MemberRole.EDITOR)
        member_of(entry, role=MemberRole.READER)

        def hand_over(entry=entry, leader=leader, heir=heir):
            members_actions.change_role(
                Membership.objects.get(stakeholder=entry, user=heir), MemberRole.ADMIN, actor=leader
            )
            members_actions.leave(entry, actor=leader)

        outcomes = together(hand_over, lambda heir=heir: delete_account(heir, actor=heir))
        refused = [raised for raised in outcomes if raised is not None]
        allowed = (DomainError, Membership.DoesNotExist)  # the heir had gone before
        assert all(isinstance(raised, allowed) for raised in refused), refused
        assert admins_of(entry.pk).count() == 1


def test_two_clicks_delete_once():
    person = UserFactory()
    outcomes = together(*(lambda: delete_account(person, actor=person) for _click in range(3)))
    assert sorted(type(raised).__name__ for raised in outcomes) == ["NoneType", "WrongState", "WrongState"]
    assert not User.objects.filter(pk=person.pk).exists()


def test_the_portal_keeps_an_administrator():
    for _time in range(TIMES):
        Grant.objects.all().delete()
        first, second = person_with(Role.ADMINISTRATOR), person_with(Role.ADMINISTRATOR)
        grant = second.grants.get()
        together(
            lambda first=first: delete_account(first, actor=first),
            lambda grant=grant, first=first: end_grant(grant, actor=first),
        )
        assert administrators().count() == 1


def test_a_membership_that_comes_meanwhile_is_not_lost_unseen():
    """An entry approved for somebody who leaves: either they stay, or nobody was made its administrator."""
    for _time in range(TIMES):
        entry, person, desk = StakeholderFactory(), UserFactory(), person_with(Role.HEAD)
        together(
            lambda person=person: delete_account(person, actor=person),
            lambda entry=entry, person=person, desk=desk: entries_actions.add_member(
                entry, person, role=MemberRole.ADMIN, actor=desk
            ),
        )
        has_stayed = User.objects.filter(pk=person.pk).exists()
        assert Membership.objects.filter(stakeholder=entry).exists() <= has_stayed
