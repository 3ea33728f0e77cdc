"""What lists that are narrowed by facets have in common: the question, its address, choices and chips."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

# M49's five regions, which are offered; what lies within them can be asked for by address.
WIDEST = frozenset(("002", "009", "019", "142", "150"))

# Facet → code → what it is called: facets in the order of the page, names in that which the reader expects.
type Names = Mapping[str, Mapping[str, Any]]


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


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with its choices: all of them to tick ("boxes"), or a menu to choose from."""

    name: str
    label: str | Promise
    choices: list[Choice]
    shape: str = "boxes"

    @property
    def chosen(self) -> list[Choice]:
        return [one for one in self.choices if one.chosen]

    @property
    def open(self) -> list[Choice]:
        return [one for one in self.choices if not one.chosen and one.count != 0]


class FacetQuery:
    """What a list was asked, for a frozen dataclass that has the codes of each of its `facets` in a field.

    Codes of one facet mean "or", facets mean "and".
    """

    __slots__ = ()
    facets: ClassVar[tuple[str, ...]]

    def codes(self, name: str) -> tuple[str, ...]:
        codes: tuple[str, ...] = getattr(self, name)
        return codes

    @property
    def narrows(self) -> bool:
        return any(self.codes(name) for name in self.facets)

    def without(self, name: str, code: str = "") -> Self:
        """The same question without one code of a facet, or (without a code) without all of them."""
        left: Any = {name: tuple(one for one in self.codes(name) if code and one != code)}
        return replace(self, **left)  # type: ignore[type-var]  # its subclasses are dataclasses

    def pairs(self) -> list[tuple[str, str]]:
        """All that is asked, always in one order."""
        return [(name, code) for name in self.facets for code in self.codes(name)]

    def query(self) -> str:
        """As a query string."""
        return urlencode(self.pairs())

    @property
    def params(self) -> QueryDict:
        """For `{% querystring %}`."""
        return QueryDict(self.query())

    @property
    def address(self) -> str:
        """Relative to the page; "?" alone is all of it."""
        return f"?{self.query()}"


class FacetFilter(django_filters.FilterSet):
    """What may be typed to narrow a list. Most have `asked`: what of it was understood."""

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        """A choice left empty, as forms send it, asks nothing."""
        if data is not None:
            data = data.copy()
            for name, values in list(data.lists()):
                data.setlist(name, [value for value in values if value])
        super().__init__(data, *args, **kwargs)

    @property
    def understood(self) -> dict[str, Any]:
        self.form.is_valid()
        cleaned: dict[str, Any] = self.form.cleaned_data
        return cleaned

    def codes_of(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Facet → its codes, each once and in one order."""
        return {name: tuple(sorted(set(self.understood.get(name) or ()))) for name in names}

    @property
    def not_understood(self) -> list[str | Promise]:
        """The labels of what was asked in a way that cannot be understood; it is left out, and said."""
        labels = [self.filters[name].label for name in self.errors if name in self.filters]
        return list(dict.fromkeys(labels))


class PairsFilter(FacetFilter):
    """Of a list with single choices, some beside lists of them: what was asked is (name, code) pairs."""

    # Those that narrow, in their order in the address; all where none are named.
    names: ClassVar[tuple[str, ...]] = ()

    @property
    def asked(self) -> list[tuple[str, str]]:
        """What was asked and understood."""
        pairs = []
        for name in self.names or self.filters:
            value = self.understood.get(name)
            values = value if isinstance(value, list) else [value]
            pairs += [(name, "1" if one is True else str(one)) for one in values if one]
        return pairs

    @property
    def params(self) -> QueryDict:
        """For `{% querystring %}`."""
        return QueryDict(urlencode(self.asked))

    def without(self, left_out: str) -> QuerySet[Any]:
        """What is found when one name is not asked: the ground of its counts."""
        rows: QuerySet[Any] = self.queryset.all()
        for name, value in self.understood.items():
            if name != left_out:
                rows = self.filters[name].filter(rows, value)
        return rows

    def facet(self, name: str, counted: Mapping[str, int]) -> Facet:
        """The choices that lead somewhere, with how many there are; what is asked stays on offer."""
        choices = [
            Choice(code, label, counted.get(code, 0), (name, code) in self.asked)
            for code, label in self.form.fields[name].choices
            if code in counted or (name, code) in self.asked
        ]
        return Facet(name, self.filters[name].label, choices)

    def label_of(self, name: str, code: str) -> str:
        return str(dict(self.form.fields[name].choices).get(code, code))

    def chips(self, *more: tuple[str, str]) -> list[Chip]:
        """Everything that was asked, each with the way to the page without it; `more` stays in each."""
        asked = self.asked
        return [
            Chip(self.label_of(*pair), f"?{urlencode([*(one for one in asked if one != pair), *more])}")
            for pair in asked
        ]


def label_of(names: Names, name: str, code: str) -> Any:
    return names.get(name, {}).get(code, code)


def chips_of(asked: FacetQuery, names: Names) -> list[Chip]:
    """Every code that was asked, each with the way to the page without it."""
    return [
        Chip(label_of(names, name, code), asked.without(name, code).address)
        for name in names
        for code in asked.codes(name)
    ]


def counted_choices(
    name: str, names: Mapping[str, Any], counted: Mapping[str, int], chosen: Collection[str], *, every: bool
) -> list[Choice]:
    """What leads somewhere or was chosen; with `every`, what leads nowhere too."""
    return [
        Choice(code, label, counted[code], code in chosen)
        for code, label in names.items()
        if code in chosen or every or (counted[code] and (name != "region" or code in WIDEST))
    ]
