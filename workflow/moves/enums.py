"""What a move is. Each app lists its moves in a table of its `enums.py`; everything else is drawn from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

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


@dataclass(frozen=True, slots=True)
class BarButton:
    """One button in the bar at the bottom of a case: it leads to the form of a move, or acts at once.

    `leads_to`: the address of the form; of one on the page itself it is made by `to_form`.
    `posts_to`: where an act without a form is sent; `name` goes along as "form".
    """

    name: str
    label: str | Promise
    style: str = "quiet"
    leads_to: str = ""
    posts_to: str = ""

    @classmethod
    def to_form(cls, name: str, label: str | Promise, style: str = "quiet") -> Self:
        """Lead to the form in the panel that has the id "move-" and `name`."""
        return cls(name, label, style, leads_to=f"#move-{name}")

    @property
    def look(self) -> str:
        return {"primary": "primary", "danger": "outline-danger"}.get(self.style, "outline-primary")


@dataclass(frozen=True, slots=True)
class MoveForm:
    """The form of one move in the panel of a case; the bar leads to it.

    `posts_to` makes the move, `submit` is what its button says. `lead` says what follows from the move,
    `reached` how many followers it concerns. `version` is that of the row which the page shows.
    Where the move `tells` people by e-mail, that can be seen before: `letter` is the one that was asked for.
    """

    name: str
    label: str | Promise
    style: str
    form: Any
    posts_to: str
    submit: str | Promise
    lead: str | Promise = ""
    reached: int = 0
    version: int | None = None
    tells: bool = False
    letter: Any = None

    @property
    def button(self) -> BarButton:
        return BarButton.to_form(self.name, self.label, self.style)

    @property
    def submit_look(self) -> str:
        return "danger" if self.style == "danger" else "primary"

    @property
    def is_open(self) -> bool:
        return bool(self.form.errors) or self.letter is not None


def permission(model: Any, name: str) -> str:
    """The permission that a person needs for a move, as "stakeholders.approve_application"."""
    return f"{model._meta.app_label}.{name}_{model._meta.model_name}"


def sentence_name(model: Any, name: str) -> str:
    """The audit sentence of a move, as "stakeholders.application.approve"."""
    return f"{model._meta.label_lower}.{name}"


def in_button_order(moves: Iterable[tuple[str, Move]]) -> list[tuple[str, Move]]:
    return sorted(moves, key=lambda pair: pair[1].order)
