"""What may be asked of the directory. One FilterSet for the page, the API, feeds and exports.

`?kind=ngo&kind=academia&country=KEN&region=002&topic=firearms&q=…&sort=newest`: neutral codes, a key repeated
means "or", different keys mean "and", the order does not matter.
"""

from typing import Any

import django_filters
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.facets import FacetFilter
from core.text import clean_line
from search.facets import RELEVANCE, WordsFilter
from stakeholders.directory.enums import FRESHNESS, SAYS, STANDINGS
from stakeholders.directory.queries import CODES, CONFIRMED, NAME, NEWEST, DirectoryQuery
from stakeholders.directory.queries_coverage import COVERAGE_BY
from stakeholders.entries.enums import Kind
from stakeholders.entries.models import Stakeholder
from taxonomy.law.models import Article
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import EngagementArea, Language, Topic

SORTS: dict[str, str | Promise] = {
    RELEVANCE: pgettext_lazy("order of a list", "Best match"),
    NAME: pgettext_lazy("order of a list", "Name"),
    NEWEST: pgettext_lazy("order of a list", "Newest profile"),
    CONFIRMED: pgettext_lazy("order of a list", "Last confirmed"),
}


class DirectoryFilter(FacetFilter):
    """What may be typed; `question` is what was understood, and `queries` finds its rows."""

    q = WordsFilter(label=_("Keywords"))
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Kind)
    country = django_filters.MultipleChoiceFilter(
        label=_("Country or area"), choices=Country.objects.for_choices
    )
    region = django_filters.MultipleChoiceFilter(label=_("Region"), choices=Region.objects.for_choices)
    topic = django_filters.MultipleChoiceFilter(label=_("Topic"), choices=Topic.objects.for_choices)
    article = django_filters.MultipleChoiceFilter(label=_("Article"), choices=Article.objects.for_choices)
    area = django_filters.MultipleChoiceFilter(
        label=_("Engagement area"), choices=EngagementArea.objects.for_choices
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Working language"), choices=Language.objects.for_choices
    )
    offers = django_filters.MultipleChoiceFilter(label=_("Offers and needs"), choices=tuple(SAYS.items()))
    standing = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("of an entry", "Verification status"), choices=tuple(STANDINGS.items())
    )
    fresh = django_filters.MultipleChoiceFilter(label=_("Last confirmed"), choices=tuple(FRESHNESS.items()))
    exact = django_filters.ChoiceFilter(label=_("The words exactly"), choices=(("1", _("Yes")),))
    sort = django_filters.ChoiceFilter(label=_("Sort by"), choices=tuple(SORTS.items()))

    only_asked = True

    class Meta:
        model = Stakeholder
        fields: tuple[str, ...] = ()

    @property
    def question(self) -> DirectoryQuery:
        """What was asked and can be understood."""
        clean = self.understood
        codes: Any = self.codes_of(CODES)
        words = clean_line(clean.get("q") or "")
        return DirectoryQuery(q=words, sort=clean.get("sort") or "", exact=bool(clean.get("exact")), **codes)


class CoverageFilter(FacetFilter):
    """`?by=topic&region=002&empty=1`: what of the table of countries is shown."""

    options = ("by", "empty")

    by = django_filters.ChoiceFilter(choices=tuple(COVERAGE_BY.items()))
    region = django_filters.ChoiceFilter(label=_("Region"), choices=Region.objects.for_choices)
    empty = django_filters.ChoiceFilter(choices=(("1", _("Yes")),))

    class Meta:
        model = Stakeholder
        fields: tuple[str, ...] = ()

    @property
    def table_options(self) -> tuple[str, str, bool]:
        """Return (kind or topic, a region's code or "", whether full lines are left out); kind by default."""
        clean = self.understood
        return clean.get("by") or "kind", clean.get("region") or "", bool(clean.get("empty"))
