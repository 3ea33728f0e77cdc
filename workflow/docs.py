"""docs/workflows.md, written from the tables themselves."""

from typing import Any

from django.db import models
from django.utils.translation import override

from workflow.checks import models_with_moves
from workflow.moves.enums import Move, permission

HEAD = """\
# Workflows

Written by `manage.py workflow_docs` from the tables of moves; do not edit. How the engine works is told in
`workflow/moves/actions.py`. A *deciding* move is closed to whoever belongs to, or takes part in, what it is
about.
"""
START = "[*]"


def render() -> str:
    """The whole document, in English, the same on every run."""
    with override("en"):
        return "\n".join([HEAD, *(_section(model) for model in models_with_moves())])


def _section(model: type[models.Model]) -> str:
    status: Any = model._meta.get_field("status")
    labels = {str(state): str(label) for state, label in status.flatchoices}
    moves: dict[str, Move] = model.MOVES  # type: ignore[attr-defined]
    name = str(model._meta.verbose_name)
    lines = [f"## {name[:1].upper()}{name[1:]} (`{model._meta.label}`)", ""]
    lines += ["| Move | From | To | Who | Reason | Deciding |", "|---|---|---|---|---|---|"]
    lines += [_row(model, move_name, move, labels) for move_name, move in moves.items()]
    lines += ["", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {state}: {label}" for state, label in labels.items()]
    default = str(status.get_default())
    if default in labels:
        lines.append(f"    {START} --> {default}")
    lines += [
        f"    {source} --> {move.target}: {move_name}"
        for move_name, move in moves.items()
        for source in sorted(move.sources)
    ]
    lines += [f"    {state} --> {START}" for state in _ends(moves)]
    return "\n".join([*lines, "```", ""])


def _row(model: type[models.Model], name: str, move: Move, labels: dict[str, str]) -> str:
    who = (
        "the clock"
        if move.by_clock
        else f"`{permission(model, name)}`" + (f" ({move.by})" if move.by else "")
    )
    reason = ", ".join(f"`{code}`" for code in move.reason_codes) or "in the note"
    return (
        "| "
        + " | ".join(
            (
                f"{move.label} (`{name}`)",
                ", ".join(labels.get(source, source) for source in move.sources),
                labels.get(move.target, move.target),
                who,
                f"needed: {reason}" if move.needs_reason else "",
                "yes" if move.decides else "",
            )
        )
        + " |"
    )


def _ends(moves: dict[str, Move]) -> list[str]:
    """The states that are reached and never left."""
    left = {str(source) for move in moves.values() for source in move.sources}
    return sorted({str(move.target) for move in moves.values()} - left)
