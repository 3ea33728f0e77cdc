"""The clock moves many at once: the same rows as one by one, in a fixed number of statements."""

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import Entry
from stakeholders.entries.models import Stakeholder
from tests.factories.stakeholders import StakeholderFactory
from tests.support import assert_no_growth
from workflow.moves.actions import move_batch
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db


def test_a_batch_writes_state_decision_and_sentence_of_each():
    entries = StakeholderFactory.create_batch(3)
    other = StakeholderFactory(status="suspended")
    assert len(move_batch(Stakeholder.objects.all(), "lapse")) == 3
    assert set(Stakeholder.objects.values_list("pk", "status")) == {
        *((entry.pk, "lapsed") for entry in entries),
        (other.pk, "suspended"),
    }
    ids = [entry.pk for entry in entries]
    decisions = Decision.objects.order_by("subject_id").values_list(
        "subject_kind", "subject_id", "move", "from_status", "to_status", "actor"
    )
    assert list(decisions) == [
        ("stakeholders.stakeholder", pk, "lapse", "active", "lapsed", None) for pk in ids
    ]
    sentences = Entry.objects.filter(action="stakeholders.stakeholder.lapse").order_by("subject_id")
    assert list(sentences.values_list("subject_id", "actor_id")) == [(pk, None) for pk in ids]
    assert len(set(sentences.values_list("click", flat=True))) == 1
    assert move_batch(Stakeholder.objects.all(), "lapse") == []


def test_a_batch_takes_no_more_than_it_is_told():
    StakeholderFactory.create_batch(3)
    rows = Stakeholder.objects.all()
    assert [len(move_batch(rows, "lapse", most=2)) for _run in range(3)] == [2, 1, 0]


def test_only_the_clocks_own_moves_are_made_in_batches():
    entry = StakeholderFactory()
    with pytest.raises(PermissionDenied):
        move_batch(Stakeholder.objects.all(), "suspend")
    entry.refresh_from_db()
    assert entry.status == "active"


def test_a_batch_costs_the_same_for_one_and_more():
    assert_no_growth(lambda: move_batch(Stakeholder.objects.all(), "lapse"), StakeholderFactory, is_once=True)
