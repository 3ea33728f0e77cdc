"""The candidates by what became of them, by what says their country, and by how sure that is."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.registers.enums import CandidateConfidence, CandidateStatus, CountryBasis
from stakeholders.registers.models import Candidate


class CandidateFilter(django_filters.FilterSet):
    """Without a choice of status those that wait."""

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=CandidateStatus, empty_label=None, initial=CandidateStatus.WAITING
    )
    country_basis = django_filters.ChoiceFilter(
        label=_("Basis of the country"), choices=CountryBasis, empty_label=pgettext_lazy("any basis", "Any")
    )
    confidence = django_filters.ChoiceFilter(
        label=_("Confidence"), choices=CandidateConfidence, empty_label=pgettext_lazy("any confidence", "Any")
    )

    class Meta:
        model = Candidate
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        data = data.copy() if data is not None else {}
        data.setdefault("status", CandidateStatus.WAITING)
        super().__init__(data, *args, **kwargs)
