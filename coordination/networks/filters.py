"""What may be asked of the list of networks."""

import django_filters
from django.utils.translation import gettext_lazy as _

from coordination.networks.enums import NetworkKind
from coordination.networks.models import Network
from core.facets import PairsFilter


class NetworkFilter(PairsFilter):
    """`?kind=net4u`: what is not understood is left out."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=NetworkKind.choices, empty_label=_("All"))

    class Meta:
        model = Network
        fields: tuple[str, ...] = ()
