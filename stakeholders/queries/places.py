"""The directory by place: one line for each country or area with somebody, and its mark where it has one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from stakeholders.queries.directory import Asked
from taxonomy.places.map_marks import Mark, marks

# From so many on, a mark is drawn so large: few steps, since the number is told beside it.
STEPS = ((1, 5), (10, 8), (100, 11), (1000, 15))


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    count: int
    # The question that finds those who are there.
    query: str
    mark: Mark | None
    size: int


def places(counted: Mapping[str, int], asked: Asked, names: Mapping[str, str]) -> list[Place]:
    """In the order of `names`; what is drawn and what is listed is the same."""
    known = marks()
    return [
        Place(
            code,
            name,
            counted[code],
            replace(asked, country=(code,), region=()).query(),
            known.get(code),
            max(size for least, size in STEPS if counted[code] >= least),
        )
        for code, name in names.items()
        if counted.get(code)
    ]
