"""What may be asked of the observations. One FilterSet for the page and the file.

`?country=KEN&country=UGA&kind=gap&article=UNTOC-5&topic=firearms&sort=date`: neutral codes, a key repeated
means "or", different keys mean "and".
"""

import django_filters
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reviews.observations.enums import ObservationKind
from reviews.observations.models import Observation
from reviews.observations.queries import DATE, ObservationQuery
from reviews.tracker.filters import ListFilter
from reviews.tracker.queries import BY_NAME
from taxonomy.law.models import Article
from taxonomy.places.models import Country
from taxonomy.terms.models import Topic

# All there are: States are put in order by nothing else.
SORTS: dict[str, str | Promise] = {
    BY_NAME: pgettext_lazy("order of a list", "Country and article"),
    DATE: pgettext_lazy("order of a list", "Date of the source"),
}


class ObservationFilter(ListFilter[ObservationQuery]):
    """What may be typed; `question` is what was understood, and `queries.find_observations` finds rows."""

    asks = ObservationQuery

    country = django_filters.MultipleChoiceFilter(
        label=_("Country or area"), choices=Country.objects.for_choices
    )
    kind = django_filters.MultipleChoiceFilter(label=_("Kind of observation"), choices=ObservationKind)
    article = django_filters.MultipleChoiceFilter(label=_("Article"), choices=Article.objects.for_choices)
    topic = django_filters.MultipleChoiceFilter(label=_("Topic"), choices=Topic.objects.for_choices)
    sort = django_filters.ChoiceFilter(label=_("Sort by"), choices=tuple(SORTS.items()))

    class Meta:
        model = Observation
        fields: tuple[str, ...] = ()
