"""What may be asked of the stories. One FilterSet for the list and its feed.

`?topic=firearms&topic=cybercrime&country=KEN&stakeholder=12&language=fr`: neutral codes, a key repeated means
"or", different keys mean "and"; what is not understood is left out and told.
"""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.facets import PairsFilter
from news.stories.models import Story
from taxonomy.places.models import Country
from taxonomy.terms.models import Language, Topic


class StoryFilter(PairsFilter):
    """`stakeholders`: [(number, name)] of those whose stories are shown and whom the reader may see."""

    names = ("topic", "country", "stakeholder", "language")

    topic = django_filters.MultipleChoiceFilter(
        label=_("Topic"),
        choices=Topic.objects.for_choices,
        method="by_topic",
        widget=forms.CheckboxSelectMultiple,
    )
    country = django_filters.MultipleChoiceFilter(
        label=_("Country or area"),
        choices=Country.objects.for_choices,
        method="by_country",
        widget=forms.CheckboxSelectMultiple,
    )
    stakeholder = django_filters.ChoiceFilter(
        label=_("Stakeholder"), choices=list, field_name="stakeholder_id", empty_label=_("All")
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Language"),
        choices=Language.objects.for_choices,
        method="by_language",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Story
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        data: QueryDict,
        queryset: QuerySet[Story],
        *,
        stakeholders: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, queryset, **kwargs)
        self.form.fields["stakeholder"].choices = stakeholders

    def by_topic(self, rows: QuerySet[Story], _name: str, codes: list[str]) -> QuerySet[Story]:
        about = Story.topics.through.objects.filter(topic__in=codes)
        return rows.filter(pk__in=about.values("story")) if codes else rows

    def by_language(self, rows: QuerySet[Story], _name: str, codes: list[str]) -> QuerySet[Story]:
        return rows.filter(language__in=codes) if codes else rows

    def by_country(self, rows: QuerySet[Story], _name: str, codes: list[str]) -> QuerySet[Story]:
        about = Story.countries.through.objects.filter(country__in=codes)
        return rows.filter(pk__in=about.values("story")) if codes else rows
