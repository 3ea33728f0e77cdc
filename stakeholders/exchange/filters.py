"""What may be asked of the offers and needs."""

from typing import Any

import django_filters
from django.http import QueryDict

from core.facets import FacetFilter, Names
from stakeholders.exchange.models import Offer
from stakeholders.exchange.queries import FACETS, OfferQuery


class ExchangeFilter(FacetFilter):
    """Plain codes in the address; what is not understood is left out."""

    direction = django_filters.MultipleChoiceFilter()
    area = django_filters.MultipleChoiceFilter()
    topic = django_filters.MultipleChoiceFilter()
    country = django_filters.MultipleChoiceFilter()
    language = django_filters.MultipleChoiceFilter()

    class Meta:
        model = Offer
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, *, names: Names) -> None:
        super().__init__(data)
        for name in FACETS:
            self.form.fields[name].choices = list(names[name].items())

    @property
    def asked(self) -> OfferQuery:
        codes: Any = self.codes_of(FACETS)
        return OfferQuery(**codes)
