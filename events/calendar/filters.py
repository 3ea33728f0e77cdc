"""What may be asked of the calendar. One FilterSet for list, agenda, month, calendar files and feeds.

`?q=tracing&kind=training&kind=webinar&topic=firearms&region=002&when=past`: words and neutral codes, a key
repeated means "or", different keys mean "and"; what is not understood is left out and told.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.facets import WIDEST, Facet, PairsFilter
from events.calendar.queries import COMING, INDEXED, OF_THE_UN, PAST, UNITED_NATIONS
from events.events.enums import EventKind, Mode
from events.events.models import Body, Event
from search.facets import WordsFilter
from search.queries import matching_ids
from stakeholders.entries.enums import Kind
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.places.models import Region
from taxonomy.terms.models import Language, Topic

# In the order of the page; what few people ask for is behind "More filters".
USUAL, RARE = ("kind", "topic", "country", "mode"), ("region", "organizer", "body", "language")
MENUS = frozenset(("topic", "country", "body"))


def _languages() -> list[tuple[str, str]]:
    return [pair for pair in Language.objects.for_choices() if pair[0] in UN_LANGUAGES]


def _choose(label: Any, choices: Any, **kwargs: Any) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(label=label, choices=choices, distinct=False, **kwargs)


class EventFilter(PairsFilter):
    """`countries` are those on the calendar, already loaded by the page; a file takes any."""

    options = ("when",)
    names = ("q", *USUAL, *RARE)

    q = WordsFilter(label=_("Keywords"), method="by_words")
    kind = _choose(_("Kind of event"), EventKind)
    topic = _choose(_("Topic"), Topic.objects.for_choices, method="by_topic")
    country = _choose(_("Country or area"), list, field_name="country_id")
    mode = _choose(_("Format"), Mode, method="by_mode")
    region = _choose(_("Region"), Region.objects.for_choices, method="by_region")
    organizer = _choose(
        _("Organizer"), [(UNITED_NATIONS, _("United Nations")), *Kind.choices], method="by_organizer"
    )
    body = _choose(_("Body"), Body.objects.for_choices)
    language = _choose(_("Language"), _languages, method="by_language")
    when = django_filters.ChoiceFilter(
        label=_("When"),
        method="asked_alone",
        empty_label=None,
        choices=[(COMING, pgettext_lazy("events", "Upcoming")), (PAST, pgettext_lazy("events", "Past"))],
    )

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()

    def __init__(
        self, data: QueryDict, queryset: QuerySet[Event], *, countries: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        data = data.copy()
        if not any(data.getlist("when")):
            data["when"] = COMING
        super().__init__(data, queryset, **kwargs)
        self.form.fields["country"].choices = countries

    @property
    def is_past(self) -> bool:
        return self.understood.get("when") == PAST

    def facets(
        self, names: tuple[str, ...], counted: Mapping[str, Counter[str]], *, with_numbers: bool
    ) -> list[Facet]:
        """Return those of the facets that have a choice."""
        facets = [self.facet(name, counted[name]) for name in names]
        return [
            replace(
                facet,
                shape="menu" if facet.name in MENUS else "boxes",
                choices=[choice if with_numbers else replace(choice, count=None) for choice in facet.choices],
            )
            for facet in facets
            if facet.choices
        ]

    def facet(self, name: str, counted: Mapping[str, int]) -> Facet:
        """Return a facet; of regions the widest alone are offered, as in other lists."""
        facet = super().facet(name, counted)
        if name != "region":
            return facet
        offered = [choice for choice in facet.choices if choice.chosen or choice.code in WIDEST]
        return replace(facet, choices=offered)

    def label_of(self, name: str, code: str) -> str:
        return f"“{code}”" if name == "q" else super().label_of(name, code)

    def asked_alone(self, rows: Any, _name: str, _codes: Any) -> Any:
        return rows

    def by_words(self, rows: QuerySet[Event], _name: str, words: str) -> QuerySet[Event]:
        """Return the rows that the search finds by these words for this reader."""
        return rows.filter(pk__in=matching_ids(self.request.user, words, INDEXED)) if words else rows

    def by_mode(self, rows: QuerySet[Event], _name: str, codes: list[str]) -> QuerySet[Event]:
        """Return the events that are held in this mode; a hybrid event answers to either."""
        if not codes:
            return rows
        wanted = set(codes)
        if wanted & {Mode.IN_PERSON, Mode.ONLINE}:
            wanted.add(Mode.HYBRID)
        return rows.filter(mode__in=wanted)

    def by_organizer(self, rows: QuerySet[Event], _name: str, codes: list[str]) -> QuerySet[Event]:
        if not codes:
            return rows
        of_kind = Q(organizer__kind__in=codes)
        return rows.filter(of_kind | OF_THE_UN if UNITED_NATIONS in codes else of_kind)

    def by_language(self, rows: QuerySet[Event], _name: str, codes: list[str]) -> QuerySet[Event]:
        spoken = Event.languages.through._default_manager.filter(language__in=codes)
        return rows.filter(pk__in=spoken.values("event")) if codes else rows

    def by_topic(self, rows: QuerySet[Event], _name: str, codes: list[str]) -> QuerySet[Event]:
        about = Event.topics.through._default_manager.filter(topic__in=codes)
        return rows.filter(pk__in=about.values("event")) if codes else rows

    def by_region(self, rows: QuerySet[Event], _name: str, codes: list[str]) -> QuerySet[Event]:
        places = ("country__region", "country__subregion", "country__intermediate_region")
        lies_in = Q.create([(f"{place}__in", codes) for place in places], connector=Q.OR)
        return rows.filter(lies_in) if codes else rows
