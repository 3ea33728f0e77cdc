from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, WrongState
from tests.factories.accounts import UserFactory, person_with
from tests.factories.workflow import ChangeRequestFactory
from tests.workflow.exhaustive import CASE, attempt, cases
from workflow import hooks as workflow_hooks
from workflow.changes.actions import decide_change
from workflow.changes.enums import MOVES, ChangeStatus
from workflow.changes.models import ChangeRequest
from workflow.moves.actions import move
from workflow.moves.enums import Move
from workflow.moves.models import Decision
from workflow.moves.queries import decisions_on, is_recused, moves_open_to

pytestmark = pytest.mark.django_db

PEOPLE = ("curator", "proposer", "events", "stranger", "visitor")
ALLOWED = {"approve": {"curator"}, "refuse": {"curator"}, "withdraw": {"proposer"}}


@pytest.fixture
def people(member, curator):
    return {
        "curator": curator,
        "proposer": member,
        "events": person_with(Role.EVENTS),
        "stranger": UserFactory(),
        "visitor": AnonymousUser(),
    }


@pytest.mark.parametrize(CASE, list(cases(MOVES, ChangeStatus, allowed=ALLOWED, people=PEOPLE)))
def test_every_move_from_every_state_by_everybody(move, state, who, expected, people):
    proposer = people["proposer"]
    change = ChangeRequestFactory(subject_row=proposer, proposed_by=proposer, status=state)
    assert attempt(change, move, people[who]) == expected


def test_a_move_writes_state_decision_and_sentence_at_once(member, curator):
    change = ChangeRequestFactory(subject_row=member, proposed_by=member)
    before = change.updated_at
    decision = move(change, "refuse", actor=curator, reason="too_vague", note="Say which name.")
    change.refresh_from_db()
    assert change.status == ChangeStatus.REFUSED
    assert change.updated_at > before
    assert decisions_on(change) == [decision]
    assert (decision.from_status, decision.to_status) == ("proposed", "refused")
    assert (decision.actor, decision.reason, decision.note) == (curator, "too_vague", "Say which name.")
    entry = Entry.objects.get(action="workflow.changerequest.refuse")
    assert entry.actor_id == curator.pk
    assert entry.data == {"from": "proposed", "to": "refused", "reason": "too_vague"}


def test_further_fields_are_written_in_the_same_statement(member, curator):
    change = ChangeRequestFactory(subject_row=member)
    move(change, "refuse", actor=curator, note="No.", after={"name": "Kept"})
    assert change.after == {"name": "Kept"}
    assert ChangeRequest.objects.get().after == {"name": "Kept"}


def test_the_loser_learns_the_present_state(member, curator):
    change = ChangeRequestFactory(subject_row=member)
    stale = ChangeRequest.objects.get(pk=change.pk)
    move(change, "refuse", actor=curator, note="No.")
    with pytest.raises(WrongState) as lost:
        move(stale, "approve", actor=curator)
    assert str(lost.value) == (
        "“Approve the change” is not possible: the state is now “Declined”. Please reload the page."
    )
    assert Decision.objects.count() == 1


def test_a_vanished_row_is_said_to_be_gone(member, curator):
    change = ChangeRequestFactory(subject_row=member)
    ChangeRequest.objects.all().delete()
    with pytest.raises(WrongState, match=r"^This no longer exists\.$"):
        move(change, "withdraw", actor=None, system=True)


def test_the_clock_needs_no_permission_and_signs_with_nobody(member):
    change = ChangeRequestFactory(subject_row=member)
    decision = move(change, "withdraw", actor=None, system=True)
    assert decision.actor is None
    assert Entry.objects.get().actor_id is None


def test_a_move_of_the_clock_is_closed_to_everybody(member, curator, monkeypatch):
    monkeypatch.setitem(MOVES, "withdraw", Move(("proposed",), "withdrawn", "Run out", by="clock"))
    change = ChangeRequestFactory(subject_row=member, proposed_by=member)
    with pytest.raises(PermissionDenied):
        move(change, "withdraw", actor=member)
    assert moves_open_to(member, change) == []


@pytest.mark.parametrize(
    ("reason", "note", "field"), [("", "", "note"), ("", "  ", "note"), ("Not a code", "Because.", "reason")]
)
def test_a_reason_that_is_missing_or_no_code_is_refused(reason, note, field, member, curator):
    change = ChangeRequestFactory(subject_row=member)
    with pytest.raises(DomainError) as refusal:
        move(change, "refuse", actor=curator, reason=reason, note=note)
    assert list(refusal.value.fields) == [field]
    change.refresh_from_db()
    assert change.status == ChangeStatus.PROPOSED


@pytest.mark.parametrize(("reason", "allowed"), [("", False), ("other", False), ("late", True)])
def test_a_move_with_listed_reasons_takes_one_of_them(reason, allowed, member, curator, monkeypatch):
    listed = Move(("proposed",), "refused", "Refuse", needs_reason=True, reasons=("late", "vague"))
    monkeypatch.setitem(MOVES, "refuse", listed)
    change = ChangeRequestFactory(subject_row=member)
    if allowed:
        assert move(change, "refuse", actor=curator, reason=reason).reason == reason
    else:
        with pytest.raises(DomainError) as refusal:
            move(change, "refuse", actor=curator, reason=reason, note="Because.")
        assert list(refusal.value.fields) == ["reason"]


def test_nobody_decides_on_what_they_proposed(curator):
    change = ChangeRequestFactory(subject_row=curator, proposed_by=curator)
    assert is_recused(curator, change)
    assert [name for name, _move in moves_open_to(curator, change)] == ["withdraw"]
    with pytest.raises(DomainError, match="leave the decision to a colleague"):
        move(change, "approve", actor=curator)
    change.refresh_from_db()
    assert change.status == ChangeStatus.PROPOSED


def test_nobody_decides_on_what_they_belong_to(member, curator, monkeypatch):
    change = ChangeRequestFactory(subject_row=member, proposed_by=member)
    assert [name for name, _move in moves_open_to(curator, change)] == ["approve", "refuse"]
    monkeypatch.setattr(workflow_hooks.parties_of, "_function", lambda user: {f"club:{user.name}"})
    monkeypatch.setitem(workflow_hooks.parties_on._entries, "accounts.user", lambda person: {"club:Curator"})
    assert moves_open_to(curator, change) == []
    with pytest.raises(DomainError, match="leave the decision to a colleague"):
        move(change, "refuse", actor=curator, note="No.")


def test_an_effect_that_fails_takes_the_move_back(member, curator):
    change = ChangeRequestFactory(subject_row=member, before={"name": "Another name"})
    with pytest.raises(DomainError, match="changed in another way in the meantime"):
        decide_change(change, "approve", actor=curator)
    change.refresh_from_db()
    assert change.status == ChangeStatus.PROPOSED
    assert not Decision.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_decide_at_once_exactly_one_wins():
    member = UserFactory(name="Old name")
    change = ChangeRequestFactory(subject_row=member, proposed_by=member)
    deciders = [(person_with(Role.CURATION), "approve"), (person_with(Role.CURATION), "refuse")]
    start = Barrier(2)

    def decide(person, name):
        mine = ChangeRequest.objects.get(pk=change.pk)
        start.wait()
        try:
            return decide_change(mine, name, actor=person, note="Because.").to_status
        except WrongState:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda pair: decide(*pair), deciders))
    change.refresh_from_db()
    assert sorted(outcomes, key=str) == sorted([None, change.status], key=str)
    assert Decision.objects.count() == 1
    member.refresh_from_db()
    assert member.name == ("New name" if change.status == ChangeStatus.APPROVED else "Old name")
