"""What may be asked of the tracker, and what the FilterSets of the reviews share."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import django_filters
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.facets import Choice, Facet, FacetFilter, Names, label_of
from core.text import clean_line
from reviews.mechanism.enums import Silence
from reviews.mechanism.models import DocumentKind, StepKind
from reviews.mechanism.queries import phase_name
from reviews.tracker.models import CountryReview, Measure, ReviewDocument, Snapshot, StepRecord
from reviews.tracker.queries import (
    BY_NAME,
    CODES,
    DATE,
    RECORDED,
    REGION,
    UNKNOWN,
    ListQuery,
    TrackerData,
    TrackerQuery,
)
from taxonomy.law.models import Cluster
from taxonomy.places.enums import UNGroup
from taxonomy.places.models import Country


class ListFilter[A: ListQuery](FacetFilter):
    """What may be typed; `question`, an `asks`, is what was understood."""

    asks: ClassVar[Any]

    @property
    def question(self) -> A:
        sort = self.understood.get("sort") or BY_NAME
        understood: A = self.asks(sort=sort, **self.codes_of(self.asks.facets))
        return understood

    def facets(self, names: Names) -> list[Facet]:
        """Return the choices of the page, without numbers."""
        query = self.question
        return [
            Facet(
                name,
                self.filters[name].label,
                [Choice(code, label, None, code in query.codes(name)) for code, label in names[name].items()],
            )
            for name in query.facets
        ]

    def in_words(self, names: Names, sorts: Mapping[str, str | Promise]) -> list[tuple[str, str]]:
        """Return the filters in words, for the head of a file."""
        query = self.question
        lines = [
            (str(self.filters[name].label), ", ".join(str(label_of(names, name, code)) for code in codes))
            for name in query.facets
            if (codes := query.codes(name))
        ]
        return [*lines, (str(self.filters["sort"].label), str(sorts[query.sort]))]


# --- What may be asked of the tracker. One FilterSet for the table and the file ----------------------
# `?group=2&region=002&phase=II&step=questionnaire&sort=date`: neutral codes, a key repeated means "or",
# different keys mean "and"; "unknown" asks for those of which the sources say nothing.

# All there are: States are put in order by nothing else.
SORTS: dict[str, str | Promise] = {
    BY_NAME: pgettext_lazy("order of a list", "Name"),
    REGION: pgettext_lazy("order of a list", "Region"),
    DATE: pgettext_lazy("order of a list", "Date of the latest record"),
}


class TrackerFilter(ListFilter[TrackerQuery]):
    """What may be typed; `question` is what was understood, and `queries.find_reviews` finds what answers.

    `names` are the codes on offer, already loaded by the page.
    """

    asks = TrackerQuery

    q = django_filters.CharFilter(label=_("Country"), max_length=100)
    information = django_filters.MultipleChoiceFilter(label=_("Information"))
    region = django_filters.MultipleChoiceFilter(label=_("Region"))
    un_group = django_filters.MultipleChoiceFilter(label=_("UN regional group"))
    group = django_filters.MultipleChoiceFilter(label=_("Review group"))
    phase = django_filters.MultipleChoiceFilter(label=_("Scheduled phase"))
    step = django_filters.MultipleChoiceFilter(label=_("Latest known step"))
    instrument = django_filters.MultipleChoiceFilter(label=_("Party to"))
    sort = django_filters.ChoiceFilter(label=_("Sort by"), choices=tuple(SORTS.items()))

    class Meta:
        model = CountryReview
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, *, offered: dict[str, dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in CODES:
            self.form.fields[name].choices = list(offered[name].items())

    @property
    def question(self) -> TrackerQuery:
        return replace(super().question, q=clean_line(self.understood.get("q") or ""))

    def in_words(self, names: Names, sorts: Mapping[str, str | Promise]) -> list[tuple[str, str]]:
        lines = super().in_words(names, sorts)
        return [(str(self.filters["q"].label), self.question.q), *lines] if self.question.q else lines


def offered_choices(of: TrackerData) -> dict[str, dict[str, Any]]:
    """Return code → name of the choices of each filter, in their order."""
    unknown = {UNKNOWN: gettext("Not known")}
    return {
        "information": {RECORDED: gettext("With recorded steps"), UNKNOWN: Silence.NOT_RECORDED.label},
        "region": dict(of.regions),
        "un_group": {**dict(UNGroup.choices), **unknown},
        "group": {**{group.pk: str(group) for group in of.groups}, **unknown},
        "phase": {
            **{cluster.pk: phase_name(cluster.pk, cluster.name) for cluster in of.plan.clusters},
            **unknown,
        },
        "step": {**{step.pk: step.name for step in of.steps}, **unknown},
        "instrument": {instrument.pk: instrument.name for instrument in of.instruments},
    }


# --- What programs may ask of steps, documents and figures -------------------------------------------


class StepFilter(django_filters.FilterSet):
    """`?country=KEN&phase=I&step=questionnaire&current=true`."""

    country = django_filters.ChoiceFilter(
        label=_("Country or area"), choices=Country.objects.for_choices, field_name="review__country"
    )
    phase = django_filters.ChoiceFilter(
        label=_("Phase"), choices=Cluster.objects.for_choices, field_name="cluster"
    )
    step = django_filters.ChoiceFilter(label=_("Step"), choices=StepKind.objects.for_choices)
    current = django_filters.BooleanFilter(label=_("What holds now"), method="by_current")

    class Meta:
        model = StepRecord
        fields: tuple[str, ...] = ()

    def by_current(self, rows: Any, _name: str, is_asked: bool) -> Any:
        return rows.filter(pk__in=StepRecord.objects.current().values("pk")) if is_asked else rows


class DocumentFilter(django_filters.FilterSet):
    """`?country=KEN&phase=I&kind=questionnaire`."""

    country = django_filters.ChoiceFilter(
        label=_("Country or area"), choices=Country.objects.for_choices, field_name="review__country"
    )
    phase = django_filters.ChoiceFilter(
        label=_("Phase"), choices=Cluster.objects.for_choices, field_name="cluster"
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DocumentKind.objects.for_choices)

    class Meta:
        model = ReviewDocument
        fields: tuple[str, ...] = ()


class FigureFilter(django_filters.FilterSet):
    """`?measure=reviews_under_way`."""

    measure = django_filters.ChoiceFilter(label=_("Measure"), choices=Measure.objects.for_choices)

    class Meta:
        model = Snapshot
        fields: tuple[str, ...] = ()
