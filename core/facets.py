"""What lists that are narrowed by facets have in common: the question, its address, choices and chips."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.widgets import ChoiceWidget
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from core.hooks import Registry
from core.text import clean_line

# M49's five regions, which are offered; what lies within them can be asked for by address.
WIDEST = frozenset(("002", "009", "019", "142", "150"))

LONGEST_CODE = 60
EXCLUDED = "not_"

# Facet → code → what it is called: facets in the order of the page, names in that which the reader expects.
type Names = Mapping[str, Mapping[str, Any]]

# Facet → fn(codes) → old code → code, of the terms among them that were merged into others.
merged_codes: Registry[Callable[[Collection[str]], Mapping[str, str]]] = Registry("core.facets.merged_codes")


def printable_code(typed: str) -> str:
    """Return what was typed as a code as it may stand in a sentence, whether or not there is such a code."""
    return clean_line(typed)[:LONGEST_CODE]


def current_codes(name: str, codes: Collection[str]) -> list[str]:
    """Return codes of a facet with those of merged terms replaced by what they were merged into."""
    facet = name.removeprefix(EXCLUDED)
    merged = merged_codes[facet](codes) if codes and facet in merged_codes else {}
    return [merged.get(code, code) for code in codes]


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
        return [choice for choice in self.choices if choice.chosen]

    @property
    def open(self) -> list[Choice]:
        return [choice for choice in self.choices if not choice.chosen and choice.count != 0]


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
        left: Any = {
            name: tuple(known_code for known_code in self.codes(name) if code and known_code != code)
        }
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


def unknown_code(label: str | Promise, code: str, *, left_out: bool) -> str:
    """Return the sentence that names a code which is no choice of its filter."""
    values = {"code": code, "filter": label}
    if left_out:
        return _("“%(code)s” is not a choice of the filter “%(filter)s” and was left out.") % values
    return _("“%(code)s” is not a choice of the filter “%(filter)s”, so nothing is found.") % values


class FacetForm(forms.Form):
    """Leads the codes of merged terms on before they are refused, for pages, feeds and programs alike."""

    def full_clean(self) -> None:
        super().full_clean()
        if self.errors and self._lead_on():
            super().full_clean()

    def typed(self, name: str) -> list[str]:
        codes: list[str] = self.data.getlist(name)  # type: ignore[attr-defined]  # as below
        return codes

    def _lead_on(self) -> bool:
        """Whether a refused field had codes of merged terms, which are replaced."""
        changed = False
        for name in [name for name in self.errors if name in self.fields]:
            codes = self.typed(name)
            if (current := current_codes(name, codes)) != codes:
                self.data.setlist(name, current)  # type: ignore[attr-defined]  # a QueryDict, by FacetFilter
                changed = True
        return changed


class FacetFilter(django_filters.FilterSet):
    """What may be typed to narrow a list. Most have `question`: what of it was understood.

    A code that is no choice of its facet is named on the page. Where a facet has no other code, the question
    keeps it, so that nothing is found: without it everything would be.
    """

    # Names that say in which order or how the list is shown.
    options: ClassVar[Collection[str]] = ("sort", "exact")
    # Whether only filters that are asked have a field: for a page that shows no form of Django's, since each
    # request copies every field.
    only_asked: ClassVar[bool] = False
    base_filters: dict[str, django_filters.Filter]

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        """A choice left empty, as forms send it, asks nothing."""
        if data is not None:
            data = data.copy()
            for name, values in list(data.lists()):
                data.setlist(name, [value for value in values if value])
            if self.only_asked:
                self.base_filters = {
                    name: self.base_filters[name] for name in self.base_filters if name in data
                }
        super().__init__(data, *args, **kwargs)

    def get_form_class(self) -> type[forms.Form]:
        return type("Form", (FacetForm,), {name: filter_.field for name, filter_ in self.filters.items()})

    @property
    def understood(self) -> dict[str, Any]:
        """Values by name; of a facet with unknown codes the others, or else those unknown ones."""
        self.form.is_valid()
        cleaned: dict[str, Any] = dict(self.form.cleaned_data)
        for name, (known, unknown) in self.split_codes.items():
            codes = known or unknown
            cleaned[name] = codes if _takes_many(self.form.fields[name]) else codes[0]
        return cleaned

    @cached_property
    def split_codes(self) -> dict[str, tuple[list[str], list[str]]]:
        """Facet → its known and its unknown codes, of those that have any unknown one."""
        split = {}
        for name in self.errors:
            if self._is_facet(name):
                field, codes = self.form.fields[name], self.form.typed(name)
                known = [code for code in codes if _is_known(field, code)]
                unknown = [printable_code(code) or "?" for code in codes if code not in known]
                split[name] = (known, unknown)
        return split

    def _is_facet(self, name: str) -> bool:
        """Whether a name chooses what is found, and not its order or how it is shown."""
        is_choice = name in self.filters and isinstance(self.form.fields[name].widget, ChoiceWidget)
        return is_choice and name not in self.options

    def finds_nothing(self, *, but: str = "") -> bool:
        """Whether any facet other than `but` was asked for unknown codes alone."""
        return any(not known for name, (known, _unknown) in self.split_codes.items() if name != but)

    def codes_of(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Facet → its codes, each once and in one order."""
        understood = self.understood
        return {name: tuple(sorted(set(understood.get(name) or ()))) for name in names}

    @property
    def not_understood(self) -> list[str]:
        """A sentence for each code that is unknown, and one for all else that could not be understood."""
        sentences = [
            unknown_code(self.filters[name].label, code, left_out=bool(known) or name.startswith(EXCLUDED))
            for name, (known, unknown) in self.split_codes.items()
            for code in dict.fromkeys(unknown)
        ]
        others = [name for name in self.errors if name in self.filters and name not in self.split_codes]
        if labels := list(dict.fromkeys(str(self.filters[name].label) for name in others)):
            sentences.append(_("Not understood and left out: %(names)s.") % {"names": ", ".join(labels)})
        return sentences


class PairsFilter(FacetFilter):
    """Of a list with single choices, some beside lists of them: what was asked is (name, code) pairs."""

    # Those that narrow, in their order in the address; all where none are named.
    names: ClassVar[tuple[str, ...]] = ()

    @property
    def question(self) -> list[tuple[str, str]]:
        """What was asked and understood."""
        pairs = []
        for name in self.names or self.filters:
            value = self.understood.get(name)
            values = value if isinstance(value, list) else [value]
            pairs += [(name, "1" if code is True else str(code)) for code in values if code]
        return pairs

    @property
    def params(self) -> QueryDict:
        """For `{% querystring %}`."""
        return QueryDict(urlencode(self.question))

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self._narrowed(queryset)

    def without(self, left_out: str) -> QuerySet[Any]:
        """What is found when one name is not asked: the ground of its counts."""
        return self._narrowed(self.queryset.all(), but=left_out)

    def _narrowed(self, rows: QuerySet[Any], *, but: str = "") -> QuerySet[Any]:
        if self.finds_nothing(but=but):
            return rows.none()
        for name, value in self.understood.items():
            if name != but:
                rows = self.filters[name].filter(rows, value)
        return rows

    def facet(self, name: str, counted: Mapping[str, int]) -> Facet:
        """The choices that lead somewhere, with how many there are; what is asked stays on offer."""
        chosen = {code for facet_name, code in self.question if facet_name == name}
        choices = [
            Choice(code, label, counted.get(code, 0), code in chosen)
            for code, label in self.form.fields[name].choices
            if code in counted or code in chosen
        ]
        return Facet(name, self.filters[name].label, choices)

    def label_of(self, name: str, code: str) -> str:
        return str(dict(self.form.fields[name].choices).get(code, code))

    def chips(self, *more: tuple[str, str]) -> list[Chip]:
        """Everything that was asked, each with the way to the page without it; `more` stays in each."""
        pairs = self.question
        return [
            Chip(self.label_of(*pair), f"?{urlencode([*(other for other in pairs if other != pair), *more])}")
            for pair in pairs
        ]


def _takes_many(field: forms.Field) -> bool:
    return isinstance(field.widget, ChoiceWidget) and field.widget.allow_multiple_selected


def _is_known(field: forms.Field, code: str) -> bool:
    try:
        field.clean([code] if _takes_many(field) else code)
    except ValidationError:
        return False
    return True


def label_of(names: Names, name: str, code: str) -> Any:
    return names.get(name, {}).get(code, code)


def chips_of(question: FacetQuery, names: Names) -> list[Chip]:
    """Every code that was asked, each with the way to the page without it."""
    return [
        Chip(label_of(names, name, code), question.without(name, code).address)
        for name in names
        for code in question.codes(name)
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
