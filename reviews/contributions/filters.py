"""What programs may ask of contributions."""

import django_filters
from django.utils.translation import gettext_lazy as _

from reviews.contributions.models import Contribution
from taxonomy.places.models import Country


class ContributionFilter(django_filters.FilterSet):
    """`?call=3&country=KEN`."""

    call = django_filters.NumberFilter(label=_("Call"), field_name="call", min_value=1)
    country = django_filters.ChoiceFilter(
        label=_("Country or area"), choices=Country.objects.for_choices, field_name="countries"
    )

    class Meta:
        model = Contribution
        fields: tuple[str, ...] = ()
