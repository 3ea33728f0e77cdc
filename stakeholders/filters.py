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
from stakeholders.enums import Kind
from stakeholders.models import Stakeholder, StakeholderQuerySet
from stakeholders.queries import directory
from stakeholders.queries.directory import CODES, CONFIRMED, NAME, NEWEST, RELEVANCE, Asked
from taxonomy.models import Country, Region, Topic

LONGEST_TEXT = 200
SORTS: dict[str, str | Promise] = {
    RELEVANCE: pgettext_lazy("order of a list", "Best match"),
    NAME: pgettext_lazy("order of a list", "Name"),
    NEWEST: pgettext_lazy("order of a list", "Newest entry"),
    CONFIRMED: pgettext_lazy("order of a list", "Last confirmed"),
}


class DirectoryFilter(django_filters.FilterSet):
    """Give it the request, whose user decides what words may find."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=LONGEST_TEXT)
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Kind, distinct=False)
    country = django_filters.MultipleChoiceFilter(
        label=_("Country or area"), choices=Country.objects.for_choices, distinct=False
    )
    region = django_filters.MultipleChoiceFilter(
        label=_("Region"), choices=Region.objects.for_choices, method="in_regions"
    )
    topic = django_filters.MultipleChoiceFilter(
        label=_("Topic"), choices=Topic.objects.for_choices, method="on_topics"
    )
    sort = django_filters.ChoiceFilter(label=_("Sort by"), choices=tuple(SORTS.items()), method="in_order")

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

    def with_words(self, rows: StakeholderQuerySet, _name: str, text: str) -> StakeholderQuerySet:
        return directory.with_words(rows, self.request.user, clean_line(text))

    def in_regions(self, rows: StakeholderQuerySet, _name: str, codes: list[str]) -> StakeholderQuerySet:
        return directory.in_regions(rows, tuple(codes))

    def on_topics(self, rows: StakeholderQuerySet, _name: str, codes: list[str]) -> StakeholderQuerySet:
        return directory.on_topics(rows, tuple(codes))

    def in_order(self, rows: StakeholderQuerySet, _name: str, _order: str) -> StakeholderQuerySet:
        """Left to whoever makes the list: the best match needs the words, and a count needs no order."""
        return rows

    @property
    def asked(self) -> Asked:
        """What was asked and can be understood."""
        self.form.is_valid()
        clean: dict[str, Any] = self.form.cleaned_data
        codes = {name: tuple(sorted(set(clean.get(name) or ()))) for name in CODES}
        return Asked(q=clean_line(clean.get("q") or ""), sort=clean.get("sort") or "", **codes)

    @property
    def not_understood(self) -> list[str | Promise]:
        """The labels of what was asked in a way that cannot be understood; it is left out, and said."""
        return [self.filters[name].label for name in self.errors if name in self.filters]
