"""What may be done next, what was decided, and who stands too near to decide."""

from typing import Any

from django.db import models

from workflow.hooks import parties_of, parties_on
from workflow.moves.enums import Move, in_button_order, permission
from workflow.moves.models import Decision


def moves_open_to(user: Any, obj: Any) -> list[tuple[str, Move]]:
    """The moves that `user` may make on `obj` as it stands, in the order of their buttons."""
    recused: bool | None = None
    moves = []
    for name, move in obj.MOVES.items():
        if obj.status not in move.sources or move.by_clock:
            continue
        if not user.has_perm(permission(obj, name), obj):
            continue
        if move.decides:
            recused = is_recused(user, obj) if recused is None else recused
            if recused:
                continue
        moves.append((name, move))
    return in_button_order(moves)


def is_recused(user: Any, obj: models.Model) -> bool:
    """Belongs to, or takes part in, what `obj` is about: such a person never decides on it."""
    kind = obj._meta.label_lower
    if kind not in parties_on:
        return False
    theirs = {f"person:{user.pk}"} | parties_of(user)
    return not theirs.isdisjoint(parties_on[kind](obj))


def decisions_on(obj: models.Model) -> list[Decision]:
    """Every move made on `obj`, newest first. One query."""
    return list(Decision.objects.about(obj).select_related("actor"))
