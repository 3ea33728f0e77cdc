"""What coordination lets its own subjects, and the apps above it, register.

workspace_parts.register("activities", Panel(10, (), load, "coordination/_activities.html"))
    load(user, places) → what the template shows, or None; `places` are ISO3 codes, None for everywhere. It
    starts from what the person may see, and asks the database once at best.
handed_over.register("activities", HandedOver(label, count, pass_on))   work that goes along with a term
stands_in_for.register("deputies", fn)    fn(user) → {12, …}: for whom the person stands in just now
"""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from django.utils.functional import Promise

from core.registry import Registry
from taxonomy.registry import Panel, Shown

workspace_parts: Registry[Panel] = Registry("coordination.registry.workspace_parts")


class HandedOver(NamedTuple):
    """One kind of open work. `number(person, places)` says how much there is.

    `pass_on(old, new, places, actor)` gives it to the successor, in the transaction of the hand-over, and
    returns how much went.
    """

    label: str | Promise
    number: Callable[[Any, frozenset[str]], int]
    pass_on: Callable[[Any, Any, frozenset[str], Any], int]


handed_over: Registry[HandedOver] = Registry("coordination.registry.handed_over")


def parts_of(user: Any, places: frozenset[str] | None) -> list[Shown]:
    """The parts of the workspace that others bring, those with nothing to say left out."""
    found = sorted(workspace_parts.values(), key=lambda part: part.position)
    loaded = [(part.template, part.load(user, places)) for part in found]
    return [Shown(template, said) for template, said in loaded if said is not None]


StandsInFor = Callable[[Any], Collection[int]]
stands_in_for: Registry[StandsInFor] = Registry("coordination.registry.stands_in_for")


def acts_as(user: Any) -> list[int]:
    """The person, and those for whom they stand in just now: ids of people."""
    return sorted({user.pk}.union(*(standing(user) for standing in stands_in_for.values())))
