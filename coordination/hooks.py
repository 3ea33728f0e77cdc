"""What coordination lets its own subjects, and the apps above it, register.

handed_over.register("activities", HandedOver(label, count, pass_on))   work that goes along with a term
stands_in_for.register("deputies", fn)    fn(user) → {12, …}: for whom the person stands in just now
"""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from django.utils.functional import Promise

from core.hooks import Registry


class HandedOver(NamedTuple):
    """One kind of open work. `number(person, places)` says how much there is.

    `pass_on(old, new, places, actor)` gives it to the successor, in the transaction of the hand-over, and
    returns how much went.
    """

    label: str | Promise
    number: Callable[[Any, frozenset[str]], int]
    pass_on: Callable[[Any, Any, frozenset[str], Any], int]


handed_over: Registry[HandedOver] = Registry("coordination.hooks.handed_over")


StandsInFor = Callable[[Any], Collection[int]]
stands_in_for: Registry[StandsInFor] = Registry("coordination.hooks.stands_in_for")


def acts_as(user: Any) -> list[int]:
    """The person, and those for whom they stand in just now: ids of people.

    Asked once for the grants that were read, as `places_of`: standing in comes and goes with grants.
    """
    grants = user.live_grants
    known: tuple[Any, list[int]] | None = user.__dict__.get("_acts_as")
    if known is None or known[0] is not grants:
        people = sorted({user.pk}.union(*(standing(user) for standing in stands_in_for.values())))
        known = user.__dict__["_acts_as"] = (grants, people)
    return known[1]
