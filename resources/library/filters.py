"""The filters of the library. One FilterSet for the page, its feeds and saved searches.

`?kind=toolkit&topic=firearms&topic_all=1&not_country=KEN&year=2024&q=…&sort=date`: neutral codes, a key
repeated means "or" (with `…_all=1` "and"), `not_…` leaves out, the order does not matter.
"""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.facets import FacetFilter
from core.text import clean_line
from resources.library.queries import ALL, CODES, DATE, LINKED, NEWEST, NOT, LibraryQuery
from resources.records.enums import ResourceKind
from resources.records.models import Resource
from search.facets import RELEVANCE, WordsFilter
from taxonomy.law.models import Article, Instrument
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Language, Topic

MOST_TEXTS = 50
SORTS: dict[str, str | Promise] = {
    RELEVANCE: pgettext_lazy("order of a list", "Best match"),
    DATE: pgettext_lazy("order of a list", "Date of publication"),
    NEWEST: pgettext_lazy("order of a list", "New in the library"),
}
LABELS: dict[str, str | Promise] = {
    "kind": pgettext_lazy("of resource", "Kind"),
    "topic": _("Topic"),
    "crime": _("Crime type"),
    "instrument": _("Instrument"),
    "article": _("Article"),
    "region": _("Region"),
    "country": _("Country or area"),
    "language": _("Language"),
    "year": _("Year"),
    "publisher": _("Publisher"),
}


class TextsField(forms.Field):
    """Several short texts under one key, as a list of their own choosing: publishers, years."""

    widget = forms.SelectMultiple

    def __init__(self, *, longest: int = 250, digits: bool = False, **kwargs: Any) -> None:
        self.longest, self.digits = longest, digits
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[str]:
        texts = [clean_line(str(text)) for text in value or () if clean_line(str(text))]
        if len(texts) > MOST_TEXTS or any(len(text) > self.longest for text in texts):
            raise ValidationError(_("This is longer than anything in the library."))
        if self.digits and not all(_is_year(text) for text in texts):
            raise ValidationError(_("Give a year as four digits."))
        return texts


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and text >= "1000"


class TextsFilter(django_filters.Filter):
    field_class = TextsField


def _facet(name: str) -> django_filters.Filter:
    choices: dict[str, Any] = {
        "kind": ResourceKind.choices,
        "topic": Topic.objects.for_choices,
        "crime": Topic.objects.for_choices,
        "instrument": Instrument.objects.for_choices,
        "article": Article.objects.for_choices,
        "region": Region.objects.for_choices,
        "country": Country.objects.for_choices,
        "language": Language.objects.for_choices,
    }
    if name in choices:
        return django_filters.MultipleChoiceFilter(label=LABELS[name], choices=choices[name])
    return TextsFilter(label=LABELS[name], digits=name == "year", longest=250)


class LibraryFilter(FacetFilter):
    """What may be typed. `question` is what was understood of it, and `queries` finds its rows."""

    options = ("sort", "exact", *(name + ALL for name in LINKED))

    q = WordsFilter(label=_("Keywords"))
    exact = django_filters.ChoiceFilter(label=_("The words exactly"), choices=(("1", _("Yes")),))
    sort = django_filters.ChoiceFilter(label=_("Sort by"), choices=tuple(SORTS.items()))

    class Meta:
        model = Resource
        fields: tuple[str, ...] = ()

    @property
    def question(self) -> LibraryQuery:
        """Return what was asked and understood."""
        clean = self.understood
        return LibraryQuery(
            q=clean_line(clean.get("q") or ""),
            of=self._codes(),
            but=self._codes(NOT),
            every=frozenset(name for name in LINKED if clean.get(name + ALL)),
            sort=clean.get("sort") or "",
            exact=bool(clean.get("exact")),
        )

    def _codes(self, before: str = "") -> dict[str, tuple[str, ...]]:
        codes_by_name = self.codes_of(before + name for name in CODES)
        return {key.removeprefix(before): codes for key, codes in codes_by_name.items() if codes}


for _name in CODES:
    LibraryFilter.base_filters[_name] = _facet(_name)
    LibraryFilter.base_filters[NOT + _name] = _facet(_name)
for _name in LINKED:
    LibraryFilter.base_filters[_name + ALL] = django_filters.ChoiceFilter(
        label=LABELS[_name], choices=(("1", _("Yes")),)
    )


def asked_in(query: str) -> LibraryQuery:
    """Return what a query string asks, for saved searches and feeds."""
    return LibraryFilter(QueryDict(query)).question
