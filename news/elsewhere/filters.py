"""What may be asked of news elsewhere: `?topic=firearms&language=es&year=2024&publisher=…`."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.facets import PairsFilter
from news.elsewhere.models import NewsLink
from taxonomy.terms.models import Language, Topic


class LinkFilter(PairsFilter):
    """`countries`, `publishers` and `years`: those that there are, as (value, what it is called)."""

    names = ("topic", "language", "country", "year", "publisher")

    topic = django_filters.MultipleChoiceFilter(
        label=_("Topic"),
        choices=Topic.objects.for_choices,
        method="by_topic",
        widget=forms.CheckboxSelectMultiple,
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Language"),
        choices=Language.objects.for_choices,
        method="by_language",
        widget=forms.CheckboxSelectMultiple,
    )
    country = django_filters.ChoiceFilter(
        label=_("Country or area"), choices=list, method="by_country", empty_label=_("All")
    )
    year = django_filters.ChoiceFilter(
        label=_("Year"),
        choices=list,
        field_name="published_on",
        lookup_expr="startswith",
        empty_label=_("All"),
    )
    publisher = django_filters.ChoiceFilter(label=_("Publisher"), choices=list, empty_label=_("All"))

    class Meta:
        model = NewsLink
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        data: QueryDict,
        queryset: QuerySet[NewsLink],
        *,
        countries: list[tuple[str, str]],
        publishers: list[tuple[str, str]],
        years: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, queryset, **kwargs)
        self.form.fields["country"].choices = countries
        self.form.fields["publisher"].choices = publishers
        self.form.fields["year"].choices = years

    def by_topic(self, rows: QuerySet[NewsLink], _name: str, codes: list[str]) -> QuerySet[NewsLink]:
        about = NewsLink.topics.through.objects.filter(topic__in=codes)
        return rows.filter(pk__in=about.values("newslink")) if codes else rows

    def by_language(self, rows: QuerySet[NewsLink], _name: str, codes: list[str]) -> QuerySet[NewsLink]:
        return rows.filter(language__in=codes) if codes else rows

    def by_country(self, rows: QuerySet[NewsLink], _name: str, code: str) -> QuerySet[NewsLink]:
        about = NewsLink.countries.through.objects.filter(country=code)
        return rows.filter(pk__in=about.values("newslink"))
