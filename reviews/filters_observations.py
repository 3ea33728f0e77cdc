"""What may be asked of the observations. One FilterSet for the page and the file.

`?country=KEN&country=UGA&kind=gap&article=UNTOC-5&topic=firearms&sort=date`: neutral codes, a key repeated
means "or", different keys mean "and".
"""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reviews.enums.contributions import ObservationKind
from reviews.models import Observation
from reviews.queries.observed import CODES, DATE, NAME, Asked
from taxonomy.models import Article, Country, Topic

# All there are: States are put in order by nothing else.
SORTS: dict[str, str | Promise] = {
    NAME: pgettext_lazy("order of a list", "Country and article"),
    DATE: pgettext_lazy("order of a list", "Date of the source"),
}


class ObservationFilter(django_filters.FilterSet):
    """What may be typed; `asked` is what was understood, and `queries.observed` finds its rows."""

    country = django_filters.MultipleChoiceFilter(
        label=_("Country or area"), choices=Country.objects.for_choices, method="asked_alone"
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind of observation"), choices=ObservationKind, method="asked_alone"
    )
    article = django_filters.MultipleChoiceFilter(
        label=_("Article"), choices=Article.objects.for_choices, method="asked_alone"
    )
    topic = django_filters.MultipleChoiceFilter(
        label=_("Topic"), choices=Topic.objects.for_choices, method="asked_alone"
    )
    sort = django_filters.ChoiceFilter(label=_("Sort by"), choices=tuple(SORTS.items()), method="asked_alone")

    class Meta:
        model = Observation
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        """A choice left empty, as forms send it, asks nothing."""
        data = data.copy()
        for name in CODES:
            data.setlist(name, [code for code in data.getlist(name) if code])
        super().__init__(data, Observation.objects.none(), **kwargs)

    def asked_alone(self, rows: Any, _name: str, _codes: Any) -> Any:
        return rows

    @property
    def asked(self) -> Asked:
        """What was asked and can be understood."""
        self.form.is_valid()
        clean: dict[str, Any] = self.form.cleaned_data
        codes = {name: tuple(sorted(set(clean.get(name) or ()))) for name in CODES}
        return Asked(sort=clean.get("sort") or NAME, **codes)

    @property
    def not_understood(self) -> list[str | Promise]:
        return [self.filters[name].label for name in self.errors if name in self.filters]
