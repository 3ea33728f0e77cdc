"""What was asked of a list and can be understood."""

from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

NAME = "name"


@dataclass(frozen=True, slots=True)
class Asked:
    """Codes of one field mean "or", fields mean "and". Each list adds the fields of its own."""

    sort: str = NAME

    @classmethod
    def codes(cls) -> list[str]:
        """The fields that narrow the list, in their order."""
        return [one.name for one in fields(cls) if one.name != "sort"]

    @property
    def narrows(self) -> bool:
        return any(getattr(self, name) for name in self.codes())

    def without(self, name: str, code: str) -> Self:
        left: Any = {name: tuple(one for one in getattr(self, name) if one != code)}
        return replace(self, **left)

    def query(self) -> str:
        """As a query string, always in one order."""
        pairs = [(name, code) for name in self.codes() for code in getattr(self, name)]
        return urlencode([*pairs, *([("sort", self.sort)] if self.sort != NAME else [])])
