"""What may be asked of the list of calls. A choice left empty, as forms send it, asks nothing."""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.call_pages.queries import CallQuery
from reviews.calls.models import Call


class CallFilter(django_filters.FilterSet):
    """What may be asked of the calls: `?country=KEN&article=UNTOC-5&phase=I`, or `phase=theme`."""

    country = django_filters.ChoiceFilter(label=_("Country or area"), method="asked_alone")
    article = django_filters.ChoiceFilter(label=_("Article"), method="asked_alone")
    phase = django_filters.ChoiceFilter(label=_("Phase or theme"), method="asked_alone")

    class Meta:
        model = Call
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, *, offered: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(data, Call.objects.none(), **kwargs)
        for name, choices in offered.items():
            self.form.fields[name].choices = choices

    def asked_alone(self, rows: Any, _name: str, _code: Any) -> Any:
        return rows

    @property
    def asked(self) -> CallQuery:
        """What was asked and can be understood."""
        self.form.is_valid()
        return CallQuery(**{name: self.form.cleaned_data.get(name) or "" for name in self.filters})

    @property
    def not_understood(self) -> list[str | Promise]:
        return [self.filters[name].label for name in self.errors if name in self.filters]
