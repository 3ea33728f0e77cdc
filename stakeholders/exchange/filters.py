"""What may be asked of the offers and needs."""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.facets import FacetFilter, Names
from stakeholders.exchange.models import Offer
from stakeholders.exchange.queries import FACETS, OfferQuery


class ExchangeFilter(FacetFilter):
    """Plain codes in the address."""

    direction = django_filters.MultipleChoiceFilter(label=_("Offers and needs"))
    area = django_filters.MultipleChoiceFilter(label=_("Engagement area"))
    topic = django_filters.MultipleChoiceFilter(label=_("Topic"))
    country = django_filters.MultipleChoiceFilter(label=_("Country or area"))
    language = django_filters.MultipleChoiceFilter(label=_("Working language"))

    class Meta:
        model = Offer
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, *, names: Names) -> None:
        super().__init__(data)
        for name in FACETS:
            self.form.fields[name].choices = list(names[name].items())

    @property
    def question(self) -> OfferQuery:
        codes: Any = self.codes_of(FACETS)
        return OfferQuery(**codes)
