"""What may be asked of the tracker. One FilterSet for the table, the map and the file.

`?group=2&region=002&phase=II&step=questionnaire&sort=date`: neutral codes, a key repeated means "or",
different keys mean "and"; "unknown" asks for those of which the sources say nothing.
"""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reviews.filters_asked import AskedFilter
from reviews.models import CountryReview
from reviews.queries.asked import NAME
from reviews.queries.tracker import CODES, DATE, REGION, AskedOfTracker

# All there are: States are put in order by nothing else.
SORTS: dict[str, str | Promise] = {
    NAME: pgettext_lazy("order of a list", "Name"),
    REGION: pgettext_lazy("order of a list", "Region"),
    DATE: pgettext_lazy("order of a list", "Date of the latest record"),
}


class TrackerFilter(AskedFilter[AskedOfTracker]):
    """What may be typed; `asked` is what was understood, and `queries.tracker` finds its lines.

    `names` are the codes on offer, already loaded by the page.
    """

    asks = AskedOfTracker

    region = django_filters.MultipleChoiceFilter(label=_("Region"), method="asked_alone")
    un_group = django_filters.MultipleChoiceFilter(label=_("UN regional group"), method="asked_alone")
    group = django_filters.MultipleChoiceFilter(label=_("Review group"), method="asked_alone")
    phase = django_filters.MultipleChoiceFilter(label=_("Phase by the calendar"), method="asked_alone")
    step = django_filters.MultipleChoiceFilter(label=_("Latest known step"), method="asked_alone")
    instrument = django_filters.MultipleChoiceFilter(label=_("Party to"), method="asked_alone")
    sort = django_filters.ChoiceFilter(label=_("Sort by"), choices=tuple(SORTS.items()), method="asked_alone")

    class Meta:
        model = CountryReview
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, *, offered: dict[str, dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in CODES:
            self.form.fields[name].choices = list(offered[name].items())
