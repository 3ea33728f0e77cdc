import pytest
from django.core.management import call_command

from audit.hooks import sentences
from workflow.changes.enums import MOVES
from workflow.changes.models import ChangeRequest
from workflow.checks import every_move_is_complete, models_with_moves
from workflow.moves.enums import Move


def test_the_page_of_workflows_is_current():
    call_command("workflow_docs", check=True)


def test_every_move_has_its_sentence_its_permission_and_known_states():
    assert ChangeRequest in models_with_moves()
    assert every_move_is_complete() == []


@pytest.mark.parametrize(
    ("name", "move", "lack"),
    [
        (
            "vanish",
            Move(("proposed",), "refused", "Vanish"),
            "the permission 'workflow.vanish_changerequest'",
        ),
        ("refuse", Move(("gone",), "refused", "Refuse"), "unknown: gone"),
    ],
)
def test_the_check_finds_what_a_move_lacks(name, move, lack, monkeypatch):
    monkeypatch.setitem(MOVES, name, move)
    faults = every_move_is_complete()
    assert [fault.id for fault in faults] == ["workflow.E001"]
    assert lack in faults[0].msg


def test_the_check_finds_a_missing_sentence(monkeypatch):
    monkeypatch.delitem(sentences._entries, "workflow.changerequest.refuse")
    assert "workflow.changerequest.refuse" in every_move_is_complete()[0].msg
