"""What a move is. Each app lists its moves in a table of its `enums.py`; everything else is drawn from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise

CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Move:
    """One way from some states to another.

    `by`: who makes it, for readers of the table; "clock" means that no person ever may.
    `decides`: a judgement, which nobody makes on what they belong to.
    `reasons`: the codes that its reason may have; without any, the note may say it.
    `order`, `style` (primary, danger, quiet): its button.
    """

    sources: tuple[str, ...]
    target: str
    label: str | Promise
    needs_reason: bool = False
    decides: bool = False
    by: str = ""
    reasons: type[TextChoices] | tuple[str, ...] = ()
    order: int = 0
    style: str = "quiet"

    @property
    def by_clock(self) -> bool:
        return self.by == CLOCK

    @property
    def reason_codes(self) -> tuple[str, ...]:
        return self.reasons if isinstance(self.reasons, tuple) else tuple(self.reasons.values)

    @property
    def labels(self) -> dict[str, dict[str, str | Promise]]:
        """Return what the codes in the sentence of the move read as."""
        return {} if isinstance(self.reasons, tuple) else {"reason": dict(self.reasons.choices)}

    def reason_label(self, code: str) -> str:
        """How a reason reads in the language in use."""
        return code if isinstance(self.reasons, tuple) else str(dict(self.reasons.choices).get(code, code))


Moves = Mapping[str, Move]


def permission(model: Any, name: str) -> str:
    """The permission that a person needs for a move, as "stakeholders.approve_application"."""
    return f"{model._meta.app_label}.{name}_{model._meta.model_name}"


def sentence_name(model: Any, name: str) -> str:
    """The audit sentence of a move, as "stakeholders.application.approve"."""
    return f"{model._meta.label_lower}.{name}"


def in_button_order(moves: Iterable[tuple[str, Move]]) -> list[tuple[str, Move]]:
    return sorted(moves, key=lambda pair: pair[1].order)
