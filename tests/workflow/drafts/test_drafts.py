import pytest
from django.core.exceptions import PermissionDenied

from audit.models import Entry
from core.errors import DomainError, WrongState
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.workflow import ChangeRequestFactory
from workflow.changes.models import ChangeRequest
from workflow.drafts.actions import discard_draft, draft, release_at_once
from workflow.drafts.models import DraftDecision
from workflow.moves.actions import move
from workflow.moves.models import Decision
from workflow.moves.queries import decisions_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def changes():
    return [ChangeRequestFactory(subject_row=UserFactory(name=f"Person {n}")) for n in range(2)]


def waiting(batch):
    return list(DraftDecision.objects.waiting(batch).order_by("pk"))


def release(batch, actor):
    released = release_at_once(ChangeRequest.objects.all(), batch, actor=actor, parties=lambda _objs: {})
    return [released_draft.decision for released_draft in released]


def test_until_its_release_nothing_of_a_draft_shows(changes, curator):
    draft(changes[0], "approve", batch="november", actor=curator)
    draft(changes[1], "refuse", batch="november", actor=curator, note="Not yet.")
    assert [waiting_draft.move for waiting_draft in waiting("november")] == ["approve", "refuse"]
    assert set(ChangeRequest.objects.values_list("status", flat=True)) == {"proposed"}
    assert [decisions_on(change) for change in changes] == [[], []]
    assert not Entry.objects.exists()
    assert not Message.objects.exists()
    assert not Notice.objects.exists()


def test_a_release_makes_every_decision_of_the_batch(changes, curator):
    draft(changes[0], "approve", batch="november", actor=curator)
    draft(changes[1], "refuse", batch="december", actor=curator, note="Not yet.")
    decisions = release("november", curator)
    assert [decision.move for decision in decisions] == ["approve"]
    assert decisions_on(changes[0]) == decisions
    assert list(ChangeRequest.objects.order_by("pk").values_list("status", flat=True)) == [
        "approved",
        "proposed",
    ]
    assert waiting("november") == []
    assert release("november", curator) == []
    assert Decision.objects.count() == 1


def test_a_second_draft_replaces_the_first(changes, curator):
    draft(changes[0], "approve", batch="november", actor=curator)
    draft(changes[0], "refuse", batch="december", actor=curator, note="On reflection.")
    assert DraftDecision.objects.count() == 1
    assert [waiting_draft.note for waiting_draft in waiting("december")] == ["On reflection."]


def test_one_that_can_no_longer_be_made_holds_the_whole_batch_back(changes, curator, member):
    for change in changes:
        draft(change, "approve", batch="november", actor=curator)
    move(changes[1], "withdraw", actor=None, system=True)
    with pytest.raises(WrongState, match=f"^accounts.user:{changes[1].subject_id}: This is not possible"):
        release("november", curator)
    changes[0].refresh_from_db()
    assert changes[0].status == "proposed"


def test_only_who_may_decide_may_draft_discard_and_release(changes, curator, member):
    with pytest.raises(PermissionDenied):
        draft(changes[0], "approve", batch="november", actor=member)
    with pytest.raises(DomainError):
        draft(changes[0], "refuse", batch="november", actor=curator)
    draft(changes[0], "approve", batch="november", actor=curator)
    with pytest.raises(PermissionDenied):
        release("november", member)
    with pytest.raises(PermissionDenied):
        discard_draft(changes[0], actor=member)
    assert discard_draft(changes[0], actor=curator) is True
    assert discard_draft(changes[0], actor=curator) is False


def test_what_stands_elsewhere_is_not_drafted(changes, curator):
    move(changes[0], "refuse", actor=curator, note="No.")
    with pytest.raises(WrongState):
        draft(changes[0], "approve", batch="november", actor=curator)
