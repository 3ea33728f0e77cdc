"""What may be asked of the list of activities; the same for the page, the table and the calendar file.

`?kind=visit&status=held&country=KEN&mine=1&from=2027-01-01&to=2027-03-31`: neutral codes; what is not
understood is left out and told.
"""

from datetime import date, datetime, time
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.absences.models import acts_as
from coordination.activities.enums import ActivityKind, ActivityStatus
from coordination.activities.models import Activity, ActivityQuerySet
from coordination.activities.queries import own_places
from core.facets import PairsFilter
from core.time_display import VIENNA
from stakeholders.entries.forms import LineField


def _day(label: Any, method: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        label=label,
        method=method,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class WordsFilter(django_filters.CharFilter):
    field_class = LineField


class ActivityFilter(PairsFilter):
    q = WordsFilter(label=_("Words in title or purpose"), method="with_words", max_length=100)
    kind = django_filters.ChoiceFilter(
        label=_("Kind of activity"), choices=ActivityKind.choices, empty_label=_("All")
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=ActivityStatus.choices, empty_label=_("All")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country or area"), method="in_country", choices=list, empty_label=_("All")
    )
    since = _day(pgettext_lazy("a day", "From"), "ending_since")
    until = _day(pgettext_lazy("a day", "To"), "beginning_until")
    mine = django_filters.BooleanFilter(
        label=_("Only what I planned"), method="planned_by_user", widget=forms.CheckboxInput
    )

    class Meta:
        model = Activity
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, queryset: ActivityQuerySet, *, user: Any) -> None:
        super().__init__(data, queryset)
        self.user = user
        self.form.fields["country"].choices = own_places(user)

    def with_words(self, rows: ActivityQuerySet, _name: str, words: str) -> ActivityQuerySet:
        return rows.filter(title__icontains=words) | rows.filter(purpose__icontains=words)

    def in_country(self, rows: ActivityQuerySet, _name: str, code: str) -> ActivityQuerySet:
        return rows.in_countries([code])

    def ending_since(self, rows: ActivityQuerySet, _name: str, day: date) -> ActivityQuerySet:
        return rows.filter(ends_at__gt=datetime.combine(day, time(), VIENNA))

    def beginning_until(self, rows: ActivityQuerySet, _name: str, day: date) -> ActivityQuerySet:
        return rows.filter(starts_at__lte=datetime.combine(day, time.max, VIENNA))

    def planned_by_user(self, rows: ActivityQuerySet, _name: str, mine: bool) -> ActivityQuerySet:
        return rows.filter(author__in=acts_as(self.user)) if mine else rows
