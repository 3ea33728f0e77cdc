"""What was asked of the library and can be understood.

`?kind=toolkit&topic=firearms&topic=drugs&topic_all=1&not_country=KEN&q=…&sort=date`: codes of one field mean
"or", with `…_all` "and"; `not_…` leaves out; fields mean "and".
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from search.parse import parse

RELEVANCE, DATE, NEWEST = "relevance", "date", "newest"
# Of which a resource has at most one, and of which it may have several.
SINGLE = ("kind", "year", "publisher")
LINKED = ("language", "topic", "crime", "instrument", "article", "country", "region")
CODES = (
    "kind",
    "topic",
    "crime",
    "instrument",
    "article",
    "region",
    "country",
    "language",
    "year",
    "publisher",
)
NOT, ALL = "not_", "_all"
type Codes = tuple[str, ...]
_NOTHING: MappingProxyType[str, Codes] = MappingProxyType({})


@dataclass(frozen=True)
class Asked:
    """`of`: facet → codes asked; `but`: facet → codes left out; `every`: facets whose codes must all hold."""

    q: str = ""
    of: MappingProxyType[str, Codes] | dict[str, Codes] = field(default_factory=lambda: _NOTHING)
    but: MappingProxyType[str, Codes] | dict[str, Codes] = field(default_factory=lambda: _NOTHING)
    every: frozenset[str] = frozenset()
    sort: str = ""
    # The words as they stand: no other spelling is tried where they find nothing.
    exact: bool = False
    # So many of the words need not be found: the nearest, where nothing has them all. Not of an address.
    missing: int = 0

    @property
    def order(self) -> str:
        """Relevance needs words; without a choice it is the best match, or else the date of publication."""
        if self.sort and (self.q or self.sort != RELEVANCE):
            return self.sort
        return RELEVANCE if self.q else DATE

    @property
    def has_most(self) -> bool:
        """Whether more than half of the words are found in spite of those that are missing."""
        return parse(self.q).has_most(self.missing)

    @property
    def narrows(self) -> bool:
        return bool(self.q or any(self.of.values()) or any(self.but.values()))

    def codes(self, name: str) -> Codes:
        return self.of.get(name, ())

    def left_out(self, name: str) -> Codes:
        return self.but.get(name, ())

    def needs_every(self, name: str) -> bool:
        return name in self.every and len(self.codes(name)) > 1

    def less(self, name: str, code: str = "") -> "Asked":
        """The same question without its words, one code of a facet, or (without a code) all that it asks."""
        if name == "q":
            return replace(self, q="", exact=False, missing=0)
        kept = tuple(one for one in self.codes(name) if code and one != code)
        return replace(self, of={**self.of, name: kept})

    def readmitting(self, name: str, code: str) -> "Asked":
        """The same question without leaving out one code."""
        kept = tuple(one for one in self.left_out(name) if one != code)
        return replace(self, but={**self.but, name: kept})

    def renamed(self, names: Collection[str], old: str, new: str) -> "Asked":
        """The same question where the code `old` of these facets is called `new`."""

        def of(said: Mapping[str, Codes]) -> dict[str, Codes]:
            return {
                name: tuple(sorted({new if one == old else one for one in codes})) if name in names else codes
                for name, codes in said.items()
            }

        return replace(self, of=of(self.of), but=of(self.but))

    def alone(self, name: str) -> "Asked":
        """Nothing but what it asks of one facet."""
        return Asked(of={name: self.codes(name)}, every=self.every & {name})

    @classmethod
    def of_query(cls, query: str) -> "Asked":
        """What `query()` wrote, as saved searches keep it; what people type goes through the filter."""
        said = QueryDict(query)
        of = {name: tuple(said.getlist(name)) for name in CODES if said.get(name)}
        but = {name: tuple(said.getlist(NOT + name)) for name in CODES if said.get(NOT + name)}
        return cls(
            q=said.get("q", ""),
            of=of,
            but=but,
            every=frozenset(name for name in LINKED if said.get(name + ALL)),
            sort=said.get("sort", ""),
            exact=bool(said.get("exact")),
        )

    def query(self, **more: str) -> str:
        """As a query string, always in one order; it is what a saved search keeps."""
        pairs: list[tuple[str, Any]] = [("q", self.q)] if self.q else []
        pairs += [(name, code) for name in CODES for code in self.codes(name)]
        pairs += [(name + ALL, "1") for name in CODES if self.needs_every(name)]
        pairs += [(NOT + name, code) for name in CODES for code in self.left_out(name)]
        pairs += [("exact", "1")] if self.q and self.exact else []
        pairs += [("sort", self.sort)] if self.sort else []
        return urlencode([*pairs, *more.items()])
