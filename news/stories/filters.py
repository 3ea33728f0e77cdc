"""What may be asked of the stories. One FilterSet for the list and its feed.

`?topic=firearms&topic=cybercrime&country=KEN&stakeholder=12&language=fr`: neutral codes, a key repeated means
"or", different keys mean "and"; what is not understood is left out and told.
"""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.stories.models import Story
from taxonomy.places.models import Country
from taxonomy.terms.models import Language, Topic

NAMES = ("topic", "country", "stakeholder", "language")


class StoryFilter(django_filters.FilterSet):
    """`stakeholders`: [(number, name)] of those whose stories are shown and whom the reader may see."""

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
        """A choice left empty, as forms send it, asks nothing."""
        data = data.copy()
        for name in NAMES:
            data.setlist(name, [code for code in data.getlist(name) if code])
        super().__init__(data, queryset, **kwargs)
        self.form.fields["stakeholder"].choices = stakeholders

    @property
    def not_understood(self) -> list[str | Promise]:
        return [self.filters[name].label for name in self.errors if name in self.filters]

    @property
    def asked(self) -> list[tuple[str, str]]:
        """(name, code) of what was asked and understood."""
        self.form.is_valid()
        clean = self.form.cleaned_data
        found = []
        for name in NAMES:
            value = clean.get(name) or []
            found += [(name, str(code)) for code in ([value] if isinstance(value, str) else value)]
        return found

    def without(self, left_out: str) -> QuerySet[Story]:
        """What is found when one name is not asked: the ground of its counts."""
        self.form.is_valid()
        rows = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name != left_out:
                rows = self.filters[name].filter(rows, value)
        return rows

    def label_of(self, name: str, code: str) -> str:
        return str(dict(self.form.fields[name].choices).get(code, code))

    def by_topic(self, rows: QuerySet[Story], _name: str, codes: list[str]) -> QuerySet[Story]:
        about = Story.topics.through.objects.filter(topic__in=codes)
        return rows.filter(pk__in=about.values("story")) if codes else rows

    def by_language(self, rows: QuerySet[Story], _name: str, codes: list[str]) -> QuerySet[Story]:
        return rows.filter(language__in=codes) if codes else rows

    def by_country(self, rows: QuerySet[Story], _name: str, codes: list[str]) -> QuerySet[Story]:
        about = Story.countries.through.objects.filter(country__in=codes)
        return rows.filter(pk__in=about.values("story")) if codes else rows
