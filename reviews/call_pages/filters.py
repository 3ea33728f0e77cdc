"""What may be asked of the list of calls."""

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.facets import PairsFilter
from reviews.call_pages import queries
from reviews.call_pages.queries import THEME
from reviews.calls.models import Call, CallQuerySet
from reviews.mechanism.queries import phase_name
from taxonomy.places.models import Country


class CallFilter(PairsFilter):
    """What may be asked of the calls: `?country=KEN&article=UNTOC-5&phase=I`, or `phase=theme`."""

    country = django_filters.ChoiceFilter(label=_("Country or area"), method="about_country")
    article = django_filters.ChoiceFilter(label=_("Article"), method="naming_article")
    phase = django_filters.ChoiceFilter(label=_("Phase or theme"), method="in_phase")

    class Meta:
        model = Call
        fields: tuple[str, ...] = ()

    def __init__(
        self, data: QueryDict, queryset: CallQuerySet, *, offered: dict[str, list[tuple[str, str]]]
    ) -> None:
        super().__init__(data, queryset)
        for name, choices in offered.items():
            self.form.fields[name].choices = choices

    def about_country(self, calls: CallQuerySet, _name: str, code: str) -> CallQuerySet:
        return calls.filter(pk__in=Call.objects.about_country(code).values("pk"))

    def naming_article(self, calls: CallQuerySet, _name: str, code: str) -> CallQuerySet:
        named = Q(articles=code) | Q(questions__article=code)
        return calls.filter(pk__in=Call.objects.filter(named).values("pk"))

    def in_phase(self, calls: CallQuerySet, _name: str, code: str) -> CallQuerySet:
        return calls.filter(cluster=None) if code == THEME else calls.filter(cluster=code)


def offered_choices() -> dict[str, list[tuple[str, str]]]:
    """Return code → name of the choices of each filter, in their order."""
    return {
        "country": Country.objects.all().for_choices(),
        "article": [
            (
                article.pk,
                gettext("Article %(number)s, %(title)s (%(instrument)s)")
                % {"number": article.number, "title": article.name, "instrument": article.instrument.name},
            )
            for article in queries.articles_in_calls()
        ],
        "phase": [
            *((cluster.pk, phase_name(cluster.pk, cluster.name)) for cluster in queries.phases()),
            (queries.THEME, gettext("Calls on a theme")),
        ],
    }
