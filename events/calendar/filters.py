"""What may be asked of the calendar. One FilterSet for list, agenda, month, calendar files and feeds.

`?kind=training&kind=webinar&topic=firearms&region=002&when=past`: neutral codes, a key repeated means "or",
different keys mean "and"; what is not understood is left out and told.
"""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.facets import PairsFilter
from events.events.enums import EventKind, Mode
from events.events.models import Body, Event
from stakeholders.entries.enums import Kind
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.places.models import Region
from taxonomy.terms.models import Language, Topic

UNITED_NATIONS = "un"
COMING, PAST = "coming", "past"


def _languages() -> list[tuple[str, str]]:
    return [pair for pair in Language.objects.for_choices() if pair[0] in UN_LANGUAGES]


def _ticks(label: Any, choices: Any, **kwargs: Any) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs
    )


class EventFilter(PairsFilter):
    """`countries` are those on the calendar, already loaded by the page; a file takes any."""

    options = ("when",)
    names = ("kind", "body", "topic", "country", "region", "language", "mode", "organizer")

    kind = _ticks(_("Kind of event"), EventKind)
    mode = _ticks(_("Format"), Mode, method="by_mode")
    organizer = _ticks(
        _("Organizer"), [(UNITED_NATIONS, _("United Nations")), *Kind.choices], method="by_organizer"
    )
    language = _ticks(_("Language"), _languages, method="by_language")
    body = django_filters.ChoiceFilter(
        label=_("Body"), choices=Body.objects.for_choices, empty_label=_("All")
    )
    topic = django_filters.ChoiceFilter(
        label=_("Topic"), choices=Topic.objects.for_choices, method="by_topic", empty_label=_("All")
    )
    region = django_filters.ChoiceFilter(
        label=_("Region"), choices=Region.objects.for_choices, method="by_region", empty_label=_("All")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country or area"), choices=list, field_name="country_id", empty_label=_("All")
    )
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

    def asked_alone(self, rows: Any, _name: str, _codes: Any) -> Any:
        return rows

    def by_mode(self, rows: QuerySet[Event], _name: str, codes: list[str]) -> QuerySet[Event]:
        """An event in both ways answers to either."""
        if not codes:
            return rows
        wanted = set(codes)
        if wanted & {Mode.IN_PERSON, Mode.ONLINE}:
            wanted.add(Mode.HYBRID)
        return rows.filter(mode__in=wanted)

    def by_organizer(self, rows: QuerySet[Event], _name: str, codes: list[str]) -> QuerySet[Event]:
        if not codes:
            return rows
        asked = Q(organizer__kind__in=codes)
        of_the_un = Q(organizer=None, organizer_names=[]) & (Q(code="") | Q(body__isnull=False))
        return rows.filter(asked | of_the_un if UNITED_NATIONS in codes else asked)

    def by_language(self, rows: QuerySet[Event], _name: str, codes: list[str]) -> QuerySet[Event]:
        spoken = Event.languages.through._default_manager.filter(language__in=codes)
        return rows.filter(pk__in=spoken.values("event")) if codes else rows

    def by_topic(self, rows: QuerySet[Event], _name: str, code: str) -> QuerySet[Event]:
        about = Event.topics.through._default_manager.filter(topic=code)
        return rows.filter(pk__in=about.values("event")) if code else rows

    def by_region(self, rows: QuerySet[Event], _name: str, code: str) -> QuerySet[Event]:
        its = Q(country__region=code) | Q(country__subregion=code) | Q(country__intermediate_region=code)
        return rows.filter(its) if code else rows
