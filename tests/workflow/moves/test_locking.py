"""What an act begins with: the row as it is now, and who may not act on it."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errors import DomainError, WrongState
from tests.factories.workflow import ChangeRequestFactory
from workflow.moves.actions import lock, refuse_changed, refuse_recused, refuse_saved_elsewhere


@pytest.mark.django_db
def test_a_row_is_held_as_it_is_now_for_whoever_may(member, curator, django_assert_num_queries):
    stale = type(member)(pk=member.pk, name="As it was")
    with transaction.atomic(), django_assert_num_queries(1) as queries:
        assert lock(stale, member, "accounts.change_user").name == "Old name"
    assert "FOR NO KEY UPDATE" in queries[0]["sql"]
    with transaction.atomic(), pytest.raises(PermissionDenied):
        lock(member, curator, "accounts.change_user")


def test_of_two_windows_the_second_is_told():
    row = SimpleNamespace(version=2)
    refuse_changed(row, 2)
    refuse_changed(row, None)
    refuse_saved_elsewhere(row, 2)
    with pytest.raises(WrongState, match="Another person has changed this in"):
        refuse_changed(row, 1)
    with pytest.raises(WrongState, match="It was saved in another window"):
        refuse_saved_elsewhere(row, 1)


@pytest.mark.django_db
def test_whoever_belongs_to_the_matter_leaves_it_to_a_colleague(member, curator):
    change = ChangeRequestFactory(subject_row=member, proposed_by=member)
    refuse_recused(curator, change)
    with pytest.raises(DomainError, match="Please leave it to a colleague"):
        refuse_recused(member, change)
