"""What may be asked of the directory. One FilterSet for the page, the API, feeds and exports.

`?kind=ngo&kind=academia&country=KEN&region=002&topic=firearms&q=…&sort=newest`: neutral codes, a key repeated
means "or", different keys mean "and", the order does not matter.
"""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.text import clean_line
from stakeholders.directory.queries import (
    CODES,
    CONFIRMED,
    NAME,
    NEWEST,
    OLDER,
    QUARTER,
    RELEVANCE,
    YEAR,
    DirectoryQuery,
)
from stakeholders.directory.queries_coverage import COVERAGE_BY
from stakeholders.entries.enums import Kind, Status
from stakeholders.entries.models import Stakeholder, StakeholderQuerySet
from stakeholders.exchange.enums import Direction
from taxonomy.law.models import Article
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import EngagementArea, Language, Topic

LONGEST_TEXT = 200
SORTS: dict[str, str | Promise] = {
    RELEVANCE: pgettext_lazy("order of a list", "Best match"),
    NAME: pgettext_lazy("order of a list", "Name"),
    NEWEST: pgettext_lazy("order of a list", "Newest entry"),
    CONFIRMED: pgettext_lazy("order of a list", "Last confirmed"),
}
STANDINGS: dict[str, str | Promise] = {
    Status.ACTIVE: pgettext_lazy("standing of an entry", "Verified"),
    Status.LISTED: pgettext_lazy("standing of an entry", "Listed from a public source"),
}
SAYS: dict[str, str | Promise] = {
    Direction.OFFER: _("Offers something"),
    Direction.NEED: _("Looks for something"),
}
FRESHNESS: dict[str, str | Promise] = {
    QUARTER: _("Within three months"),
    YEAR: _("Within a year"),
    OLDER: _("Longer ago, or never"),
}


class DirectoryFilter(django_filters.FilterSet):
    """What may be typed; `asked` is what was understood, and `queries.directory` finds its rows."""

    q = django_filters.CharFilter(label=_("Words"), method="asked_alone", max_length=LONGEST_TEXT)
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Kind, distinct=False)
    country = django_filters.MultipleChoiceFilter(
        label=_("Country or area"), choices=Country.objects.for_choices, distinct=False
    )
    region = django_filters.MultipleChoiceFilter(
        label=_("Region"), choices=Region.objects.for_choices, method="asked_alone"
    )
    topic = django_filters.MultipleChoiceFilter(
        label=_("Topic"), choices=Topic.objects.for_choices, method="asked_alone"
    )
    article = django_filters.MultipleChoiceFilter(
        label=_("Article"), choices=Article.objects.for_choices, method="asked_alone"
    )
    area = django_filters.MultipleChoiceFilter(
        label=_("Engagement area"), choices=EngagementArea.objects.for_choices, method="asked_alone"
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Working language"), choices=Language.objects.for_choices, method="asked_alone"
    )
    offers = django_filters.MultipleChoiceFilter(
        label=_("Offers and needs"), choices=tuple(SAYS.items()), method="asked_alone"
    )
    standing = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("of an entry", "Standing"), choices=tuple(STANDINGS.items()), method="asked_alone"
    )
    fresh = django_filters.MultipleChoiceFilter(
        label=_("Confirmed"), choices=tuple(FRESHNESS.items()), method="asked_alone"
    )
    exact = django_filters.ChoiceFilter(
        label=_("The words exactly"), choices=(("1", _("Yes")),), method="asked_alone"
    )
    sort = django_filters.ChoiceFilter(label=_("Sort by"), choices=tuple(SORTS.items()), method="asked_alone")

    class Meta:
        model = Stakeholder
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        """A choice left empty, as forms send it, asks nothing."""
        if data is not None:
            data = data.copy()
            for name in CODES:
                data.setlist(name, [code for code in data.getlist(name) if code])
        super().__init__(data, *args, **kwargs)

    def asked_alone(self, rows: StakeholderQuerySet, _name: str, _codes: Any) -> StakeholderQuerySet:
        """The rows come from `queries.directory`, which reads `asked`; here only what is typed is judged."""
        return rows

    @property
    def asked(self) -> DirectoryQuery:
        """What was asked and can be understood."""
        self.form.is_valid()
        clean: dict[str, Any] = self.form.cleaned_data
        codes: Any = {name: tuple(sorted(set(clean.get(name) or ()))) for name in CODES}
        words = clean_line(clean.get("q") or "")
        return DirectoryQuery(q=words, sort=clean.get("sort") or "", exact=bool(clean.get("exact")), **codes)

    @property
    def not_understood(self) -> list[str | Promise]:
        """The labels of what was asked in a way that cannot be understood; it is left out, and said."""
        return [self.filters[name].label for name in self.errors if name in self.filters]


class CoverageFilter(django_filters.FilterSet):
    """`?by=topic&region=002&empty=1`: what of the table of countries is shown."""

    by = django_filters.ChoiceFilter(choices=tuple(COVERAGE_BY.items()))
    region = django_filters.ChoiceFilter(choices=Region.objects.for_choices)
    empty = django_filters.ChoiceFilter(choices=(("1", _("Yes")),))

    class Meta:
        model = Stakeholder
        fields: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, str, bool]:
        """(kind or topic, a region's code or "", whether full lines are left out); kinds by themselves."""
        self.form.is_valid()
        clean: dict[str, Any] = self.form.cleaned_data
        return clean.get("by") or "kind", clean.get("region") or "", bool(clean.get("empty"))
