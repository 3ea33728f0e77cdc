"""What the lists of the portal that are narrowed by facets have in common. The lists themselves differ."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

# M49's five regions, which are offered; what lies within them can be asked for by address.
WIDEST = frozenset(("002", "009", "019", "142", "150"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a facet with the number behind it; None where that was not counted."""

    code: str
    label: Any
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was asked, and the page without it; `count` says what is there, where that was asked."""

    label: str | Promise
    url: str
    count: int = 0
