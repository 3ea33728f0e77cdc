"""Places at events: those of the registration where it is there, else a stand-in that only remembers them.

give_seats(monkeypatch) → a function event → ids of the people who have a seat.
"""

import importlib.util
import sys
import types
from collections.abc import Callable
from typing import Any


def give_seats(monkeypatch: Any) -> Callable[[Any], set[int]]:
    if importlib.util.find_spec("events.actions.registrations") is not None:
        from events.models import Registration  # type: ignore[attr-defined,unused-ignore]

        return lambda event: set(
            Registration.objects.filter(rules__event=event, status="confirmed").values_list(
                "user_id", flat=True
            )
        )
    held: set[tuple[int, int]] = set()
    module = types.ModuleType("events.actions.registrations")

    def admit(event: Any, user: Any, *, stakeholder: Any, mode: str, actor: Any) -> None:
        held.add((event.pk, user.pk))

    module.admit = admit  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "events.actions.registrations", module)
    monkeypatch.setattr(
        "reviews.actions.dialogue_applications.give_up",
        lambda line, actor: held.discard((line.dialogue.event_id, actor.pk)),
    )
    return lambda event: {person for pk, person in held if pk == event.pk}
