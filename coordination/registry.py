"""What the parts of coordination tell each other; each registers in its module of `registered`.

stands_in_for.register("deputies", fn)    fn(user) → {12, …}: for whom the person stands in just now
"""

from collections.abc import Callable, Collection
from typing import Any

from core.registry import Registry

StandsInFor = Callable[[Any], Collection[int]]

stands_in_for: Registry[StandsInFor] = Registry("coordination.registry.stands_in_for")


def acts_as(user: Any) -> list[int]:
    """The person, and those for whom they stand in just now: ids of people."""
    return sorted({user.pk}.union(*(standing(user) for standing in stands_in_for.values())))
