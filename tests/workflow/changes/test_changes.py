import pytest
from django.core.exceptions import PermissionDenied

from core.errors import DomainError, WrongState
from tests.factories.accounts import UserFactory
from workflow.changes.actions import decide_change, propose_change
from workflow.changes.models import ChangeRequest

pytestmark = pytest.mark.django_db


def test_a_change_is_carried_out_once_approved(member, curator):
    change = propose_change(member, {"name": "New name", "language": "en"}, actor=member)
    assert (change.before, change.after) == ({"name": "Old name"}, {"name": "New name"})
    member.refresh_from_db()
    assert member.name == "Old name"
    decide_change(change, "approve", actor=curator)
    member.refresh_from_db()
    assert member.name == "New name"


@pytest.mark.parametrize("name", ["refuse", "withdraw"])
def test_a_change_that_is_not_approved_changes_nothing(name, member, curator):
    change = propose_change(member, {"name": "New name"}, actor=member)
    decide_change(change, name, actor=curator if name == "refuse" else member, note="Why.")
    member.refresh_from_db()
    assert member.name == "Old name"
    assert propose_change(member, {"name": "Another"}, actor=member).pk != change.pk


def test_what_changes_nothing_or_comes_twice_is_refused(member):
    with pytest.raises(DomainError, match=r"^Nothing was changed\.$"):
        propose_change(member, {"name": "Old name"}, actor=member)
    propose_change(member, {"name": "New name"}, actor=member)
    with pytest.raises(WrongState, match="already waiting"):
        propose_change(member, {"name": "Newer name"}, actor=member)
    assert ChangeRequest.objects.count() == 1


def test_only_who_may_edit_may_propose(member):
    with pytest.raises(PermissionDenied):
        propose_change(member, {"name": "New name"}, actor=UserFactory())
