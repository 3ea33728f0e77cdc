"""Every move, from every state, by everybody: for any model that the engine moves.

CASES = list(cases(MOVES, Status, allowed={"approve": {"vetting"}, …}, people=("vetting", "applicant", …)))

@pytest.mark.parametrize(CASE, CASES)
def test_every_move(move, state, who, expected, people):
    assert attempt(ApplicationFactory(status=state), move, people[who]) == expected

Where many people try, one row serves all of them: `by_state(cases(…))` and `attempts`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errors import WrongState
from workflow.moves.actions import move as make
from workflow.moves.enums import Move

CASE = ("move", "state", "who", "expected")
BY_STATE = ("move", "state", "expected")
DONE, DENIED, WRONG_STATE = "done", "denied", "wrong state"


def cases(
    moves: Mapping[str, Move],
    states: Collection[str],
    *,
    allowed: Mapping[str, Collection[str]],
    people: Collection[str],
) -> Iterator[tuple[str, str, str, str]]:
    """(move, state, person, expected); `allowed` names who may make each move, and must name every move."""
    assert set(allowed) == set(moves), "the table of who may what names other moves than the model has"
    for name, move in moves.items():
        for state in states:
            for who in people:
                yield name, str(state), who, _outcome_of(move, state, who in allowed[name])


def _outcome_of(move: Move, state: str, may: bool) -> str:
    if not may:
        return DENIED
    return DONE if state in move.sources else WRONG_STATE


def by_state(cases: Iterator[tuple[str, str, str, str]]) -> list[tuple[str, str, dict[str, str]]]:
    """(move, state, person → expected)."""
    together: dict[tuple[str, str], dict[str, str]] = {}
    for name, state, who, expected in cases:
        together.setdefault((name, state), {})[who] = expected
    return [(*key, expected) for key, expected in together.items()]


def attempts(obj: Any, name: str, people: Mapping[str, Callable[[], Any]], **how: Any) -> dict[str, str]:
    """As `attempt`, of each person: what came of it, as if nobody else had tried."""
    came = {}
    for who, actor in people.items():
        with transaction.atomic():
            came[who] = attempt(obj, name, actor(), **how)
            transaction.set_rollback(True)
        obj.refresh_from_db()
    return came


def attempt(obj: Any, name: str, actor: Any, **how: Any) -> str:
    """What came of it; also holds that a refusal leaves the row as it was. `how` is passed to the move."""
    before = obj.status
    step: Move = obj.MOVES[name]
    if step.needs_reason:
        how.setdefault("reason", step.reason_codes[0] if step.reason_codes else "")
        how.setdefault("note", "Because.")
    try:
        make(obj, name, actor=actor, **how)
    except PermissionDenied:
        outcome = DENIED
    except WrongState:
        outcome = WRONG_STATE
    else:
        outcome = DONE
    after = type(obj)._base_manager.values_list("status", flat=True).get(pk=obj.pk)
    assert after == (step.target if outcome == DONE else before)
    return outcome
