"""What may be asked of the list of calls. A choice left empty, as forms send it, asks nothing."""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.facets import FacetFilter
from reviews.call_pages.queries import CallQuery
from reviews.calls.models import Call


class CallFilter(FacetFilter):
    """What may be asked of the calls: `?country=KEN&article=UNTOC-5&phase=I`, or `phase=theme`."""

    country = django_filters.ChoiceFilter(label=_("Country or area"))
    article = django_filters.ChoiceFilter(label=_("Article"))
    phase = django_filters.ChoiceFilter(label=_("Phase or theme"))

    class Meta:
        model = Call
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, *, offered: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, choices in offered.items():
            self.form.fields[name].choices = choices

    @property
    def asked(self) -> CallQuery:
        """What was asked and can be understood."""
        return CallQuery(**{name: self.understood.get(name) or "" for name in self.filters})
