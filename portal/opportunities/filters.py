"""The filters of the opportunities: `?kind=call&topic=firearms&country=KEN`."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.facets import FacetFilter, Names
from portal.opportunities.queries import Opportunity, OpportunityQuery
from reviews.calls.models import Call


class OpportunityFilter(FacetFilter):
    """`names`: facet → code → what it is called."""

    kind = django_filters.MultipleChoiceFilter(label=pgettext_lazy("of opportunity", "Kind"))
    topic = django_filters.MultipleChoiceFilter(label=_("Topic"))
    country = django_filters.MultipleChoiceFilter(label=_("Country or area"))
    who = django_filters.MultipleChoiceFilter(label=_("Who may apply"))

    class Meta:
        model = Call
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, names: Names) -> None:
        super().__init__(data, Call.objects.none())
        for name, choices in names.items():
            field: Any = self.form.fields[name]
            field.choices = list(choices.items())

    @property
    def query(self) -> OpportunityQuery:
        return OpportunityQuery(**self.codes_of(OpportunityQuery.facets))

    def narrow(self, opportunities: Iterable[Opportunity]) -> list[Opportunity]:
        """Return the opportunities that match; none for an unknown code, even those without topics."""
        return [] if self.finds_nothing() else list(filter(self.query.finds, opportunities))
