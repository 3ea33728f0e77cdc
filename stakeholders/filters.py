"""What may be asked of the directory. One FilterSet for the page, the API, feeds and exports.

`?kind=ngo&kind=academia&country=KEN&region=002&topic=firearms&q=…&sort=newest`: neutral codes, a key repeated
means "or", different keys mean "and", the order does not matter.
"""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.text import clean_line
from search.queries import matching_ids
from stakeholders.enums import Kind
from stakeholders.models import Stakeholder, StakeholderQuerySet
from taxonomy.models import Country, Region, Topic

LONGEST_TEXT = 200
INDEXED = "stakeholders.stakeholder"

RELEVANCE, NAME, NEWEST, CONFIRMED = "relevance", "name", "newest", "confirmed"
SORTS: dict[str, str | Promise] = {
    RELEVANCE: pgettext_lazy("order of a list", "Best match"),
    NAME: pgettext_lazy("order of a list", "Name"),
    NEWEST: pgettext_lazy("order of a list", "Newest entry"),
    CONFIRMED: pgettext_lazy("order of a list", "Last confirmed"),
}


class DirectoryFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=LONGEST_TEXT)
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Kind)
    country = django_filters.MultipleChoiceFilter(
        label=_("Country or area"), choices=lambda: Country.objects.for_choices()
    )
    region = django_filters.MultipleChoiceFilter(
        label=_("Region"), choices=lambda: Region.objects.for_choices(), method="in_regions"
    )
    topic = django_filters.MultipleChoiceFilter(
        label=_("Topic"), choices=lambda: Topic.objects.for_choices(), method="on_topics"
    )
    sort = django_filters.ChoiceFilter(label=_("Sort by"), choices=tuple(SORTS.items()), method="in_order")

    class Meta:
        model = Stakeholder
        fields: tuple[str, ...] = ()

    def with_words(self, rows: StakeholderQuerySet, _name: str, text: str) -> StakeholderQuerySet:
        user = getattr(self.request, "user", None)
        return rows.filter(pk__in=matching_ids(user, text, INDEXED)) if clean_line(text) else rows

    def in_regions(self, rows: StakeholderQuerySet, _name: str, codes: list[str]) -> StakeholderQuerySet:
        """A region counts with all its sub-regions."""
        if not codes:
            return rows
        within = Q(region__in=codes) | Q(subregion__in=codes) | Q(intermediate_region__in=codes)
        return rows.filter(country__in=Country.objects.filter(within).values("pk"))

    def on_topics(self, rows: StakeholderQuerySet, _name: str, codes: list[str]) -> StakeholderQuerySet:
        if not codes:
            return rows
        on = Stakeholder.topics.through.objects.filter(topic__in=codes).values("stakeholder_id")
        return rows.filter(pk__in=on)

    def in_order(self, rows: StakeholderQuerySet, _name: str, _order: str) -> StakeholderQuerySet:
        """Whoever makes the list orders it: relevance needs the words, and a count needs no order at all."""
        return rows

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked and can be understood: lists of codes in one order, "" or [] where nothing was."""
        self.form.is_valid()
        clean = self.form.cleaned_data
        codes = {name: sorted(set(clean.get(name) or [])) for name in ("kind", "country", "region", "topic")}
        return {"q": clean_line(clean.get("q") or ""), "sort": clean.get("sort") or "", **codes}

    @property
    def not_understood(self) -> list[str | Promise]:
        """The labels of what was asked with a code that does not exist; it is left out, and said."""
        return [self.filters[name].label for name in self.errors if name in self.filters]
