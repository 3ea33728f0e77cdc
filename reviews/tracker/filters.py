"""What may be asked of the tracker, and what the FilterSets of the reviews share."""

from typing import Any, ClassVar

import django_filters
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reviews.tracker.models import CountryReview
from reviews.tracker.queries import BY_NAME, CODES, DATE, REGION, ListQuery, TrackerQuery


class ListFilter[A: ListQuery](django_filters.FilterSet):
    """What may be typed; `asked`, an `asks`, is what was understood. A choice left empty asks nothing."""

    asks: ClassVar[Any]

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        data = data.copy()
        for name in self.asks.codes():
            data.setlist(name, [code for code in data.getlist(name) if code])
        super().__init__(data, self._meta.model._default_manager.none(), **kwargs)

    def asked_alone(self, rows: Any, _name: str, _codes: Any) -> Any:
        return rows

    @property
    def asked(self) -> A:
        """What was asked and can be understood."""
        self.form.is_valid()
        clean: dict[str, Any] = self.form.cleaned_data
        codes = {name: tuple(sorted(set(clean.get(name) or ()))) for name in self.asks.codes()}
        understood: A = self.asks(sort=clean.get("sort") or BY_NAME, **codes)
        return understood

    @property
    def not_understood(self) -> list[str | Promise]:
        return [self.filters[name].label for name in self.errors if name in self.filters]


# --- What may be asked of the tracker. One FilterSet for the table, the map and the file -------------
# `?group=2&region=002&phase=II&step=questionnaire&sort=date`: neutral codes, a key repeated means "or",
# different keys mean "and"; "unknown" asks for those of which the sources say nothing.

# All there are: States are put in order by nothing else.
SORTS: dict[str, str | Promise] = {
    BY_NAME: pgettext_lazy("order of a list", "Name"),
    REGION: pgettext_lazy("order of a list", "Region"),
    DATE: pgettext_lazy("order of a list", "Date of the latest record"),
}


class TrackerFilter(ListFilter[TrackerQuery]):
    """What may be typed; `asked` is what was understood, and `queries.lines` finds its lines.

    `names` are the codes on offer, already loaded by the page.
    """

    asks = TrackerQuery

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
