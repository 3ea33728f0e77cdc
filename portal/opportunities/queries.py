"""Calls, dialogues, proposals, registrations, grants and courses that are open, or open soon.

An opportunity without a topic matches every topic, one without a country every country.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import now

from coordination.offerings.enums import OfferingKind
from coordination.offerings.models import Offering
from coordination.offerings.queries import is_on, library_courses, public_offerings
from core.facets import FacetQuery
from core.time_display import days_until, percent_passed
from events.events.enums import Mode
from events.events.models import Event
from events.proposals.models import ProposalRound
from events.registrations.enums import Admission
from portal.opportunities.enums import OpportunityKind
from resources.records.models import Resource
from reviews.calls.models import Call
from reviews.calls.queries import public_calls
from taxonomy.places.queries import regions_of
from workflow.windows.models import VIENNA

MOST = 500
_TITLE = ("title", "language_id", "translations")
_EVENT = (
    "status",
    "kind",
    "starts_at",
    "ends_at",
    "whole_days",
    "zone",
    "mode",
    "city",
    "organizer_id",
    "country_id",
)


@dataclass(frozen=True, slots=True)
class Opportunity:
    """Something that can be handed in, joined or applied for between `opens_at` and `closes_at`.

    Without `closes_at` it is a course that is open at any time. `topic` and `country` are the codes it names;
    `changed` and `sequence` are for calendars and feeds.
    """

    kind: OpportunityKind
    pk: int
    told_title: tuple[str, str]  # the title and the code of its language
    url: str
    opens_at: datetime
    closes_at: datetime | None
    zone: str
    topic: tuple[str, ...]
    country: tuple[str, ...]
    sequence: int
    changed: datetime
    is_cancelled: bool
    # A new registration goes on the waiting list.
    is_full: bool = False
    # The event it belongs to; None for a call.
    event: Event | None = field(default=None, repr=False, compare=False)
    # Who offers it, and which kinds of stakeholders may apply in which regions; of grants and courses.
    provider: str = ""
    who: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    # How feeds and calendars know it.
    code: str = ""

    @property
    def has_opened(self) -> bool:
        return self.opens_at <= now()

    @property
    def days_left(self) -> int:
        return days_until(self.closes_at, self.zone) if self.closes_at else 0

    @property
    def percent_passed(self) -> int:
        return percent_passed(self.opens_at, self.closes_at) if self.closes_at else 0

    def is_in(self, country: str) -> bool:
        """Return whether it names the country, or a region in which that lies."""
        if country in self.country or not self.region:
            return country in self.country
        return not set(self.region).isdisjoint(regions_of().get(country, ()))

    @property
    def is_for_everywhere(self) -> bool:
        return not (self.country or self.region)


# --- What can be handed in or joined ------------------------------------------------------------------
def fetch(
    *,
    is_open: bool = False,
    with_cancelled: bool = False,
    most: int = MOST,
    kinds: Collection[OpportunityKind] = tuple(OpportunityKind),
) -> list[Opportunity]:
    """Return the opportunities that have not closed, by closing; with `is_open`, only those that opened.

    At most `most` of each of the `kinds` are read. Courses that never close come last.
    """
    at = now()
    closing = {"closes__gte": at} | ({"opens__lte": at} if is_open else {})
    opportunities = [
        _opportunity(kind, row)
        for kind in kinds
        if kind in _WINDOWS
        for row in _WINDOWS[kind](at, with_cancelled).filter(**closing).order_by("closes", "pk")[:most]
    ]
    if not _OFFERED.isdisjoint(kinds) and is_on():
        opportunities += _offered(kinds, most)
    return sorted(opportunities, key=_by_closing)


def _by_closing(opportunity: Opportunity) -> tuple[Any, ...]:
    closes = opportunity.closes_at.timestamp() if opportunity.closes_at else math.inf
    return closes, opportunity.kind, opportunity.told_title[0] if closes == math.inf else "", opportunity.pk


# --- Grants and courses -------------------------------------------------------------------------------
_OFFERED = frozenset((OpportunityKind.GRANT, OpportunityKind.COURSE))


def _offered(kinds: Collection[OpportunityKind], most: int) -> list[Opportunity]:
    """Return grants and courses that were suggested, and the courses of the library from their records."""
    chosen = [kind.value for kind in OfferingKind if kind.value in kinds]
    rows = public_offerings().not_over().filter(kind__in=chosen).order_by("closes_at", "pk")
    rows = rows.defer("summary").annotate(
        named_topics=ArraySubquery(_linked_codes(Offering.topics, "offering", "topic")),
        named_countries=ArraySubquery(_linked_codes(Offering.countries, "offering", "country")),
        named_regions=ArraySubquery(_linked_codes(Offering.regions, "offering", "region")),
    )
    offered = [_of_offering(row) for row in rows[:most]]
    if OpportunityKind.COURSE in kinds:
        offered += [_of_record(row) for row in _courses()[:most]]
    return offered


def _of_offering(row: Any) -> Opportunity:
    return Opportunity(
        kind=OpportunityKind(row.kind),
        pk=row.pk,
        told_title=row.told_title,
        url=row.get_absolute_url(),
        opens_at=row.published_at,
        closes_at=row.closes_at,
        zone=row.zone,
        topic=tuple(row.named_topics),
        country=tuple(row.named_countries),
        sequence=row.version,
        changed=row.updated_at,
        is_cancelled=False,
        provider=row.provider,
        who=tuple(row.who),
        region=tuple(row.named_regions),
        code=f"{row.kind}-{row.pk}",
    )


def _courses() -> Any:
    return (
        library_courses()
        .annotate(named_topics=ArraySubquery(_linked_codes(Resource.topics, "resource", "topic")))
        .prefetch_related("editions")
        .order_by("title", "pk")
    )


def _of_record(row: Any) -> Opportunity:
    """Return a course of the library; the countries that it is about are not those of who may take it."""
    edition = row.edition_for()
    return Opportunity(
        kind=OpportunityKind.COURSE,
        pk=row.pk,
        told_title=(edition.title, edition.language_id) if edition else (row.title, row.language_id),
        url=row.get_absolute_url(),
        opens_at=row.published_at,
        closes_at=None,
        zone=VIENNA,
        topic=tuple(row.named_topics),
        country=(),
        sequence=row.version,
        changed=row.updated_at,
        is_cancelled=False,
        provider=row.publisher,
        code=f"resource-{row.pk}",
    )


# --- Calls and events -----------------------------------------------------------------------------------


def _calls(at: datetime, with_cancelled: bool) -> Any:
    calls = public_calls() if with_cancelled else public_calls().published()
    return calls.only(*_TITLE, "status").annotate(
        edition=F("version"),
        changed=F("updated_at"),
        opens=F("opens_at"),
        closes=F("closes_at"),
        closes_in=F("zone"),
        named_topics=ArraySubquery(_linked_codes(Call.topics, "call", "topic")),
        named_countries=ArraySubquery(_linked_codes(Call.countries, "call", "country")),
    )


def _dialogues(at: datetime, with_cancelled: bool) -> Any:
    return _event_windows("dialogue", at, with_cancelled).annotate(
        edition=F("dialogue__version"),
        changed=F("dialogue__updated_at"),
        named_topics=ArraySubquery(_linked_codes(Event.topics, "event", "topic")),
        dialogue_id=F("dialogue__pk"),
    )


def _rounds(at: datetime, with_cancelled: bool) -> Any:
    themes: Any = ProposalRound.themes.through
    themes = themes._default_manager.filter(proposalround__event=OuterRef("pk"))
    return _event_windows("round", at, with_cancelled).annotate(
        edition=F("sequence"), changed=F("updated_at"), named_topics=ArraySubquery(themes.values("topic"))
    )


def _registrations(at: datetime, with_cancelled: bool) -> Any:
    events = _event_windows("registration_rules", at, with_cancelled).filter(starts_at__gt=at)
    joinable = events.exclude(registration_rules__admission=Admission.INVITATION)
    joinable = joinable.exclude(registration_rules__is_full=True, registration_rules__has_waiting_list=False)
    return joinable.annotate(
        edition=F("sequence"),
        changed=F("updated_at"),
        named_topics=ArraySubquery(_linked_codes(Event.topics, "event", "topic")),
        # Where the desk approves each registration, the number of free seats decides nothing.
        is_full=Q(registration_rules__is_full=True) & ~Q(registration_rules__admission=Admission.APPROVAL),
    )


_WINDOWS: dict[OpportunityKind, Callable[[datetime, bool], Any]] = {
    OpportunityKind.CALL: _calls,
    OpportunityKind.DIALOGUE: _dialogues,
    OpportunityKind.PROPOSALS: _rounds,
    OpportunityKind.REGISTRATION: _registrations,
}


def _event_windows(relation: str, at: datetime, with_cancelled: bool) -> Any:
    """Return the events that are not over, with when the window of a `relation` to them opens and closes."""
    events = Event.objects.visible_to(AnonymousUser()).exclude(ends_at__lt=at)
    if not with_cancelled:
        events = events.filter(status="published")
    return events.only(*_TITLE, *_EVENT).annotate(
        opens=F(f"{relation}__opens_at"), closes=F(f"{relation}__closes_at"), closes_in=F(f"{relation}__zone")
    )


def _linked_codes(relation: Any, own: str, other: str) -> Any:
    return relation.through._default_manager.filter(**{own: OuterRef("pk")}).order_by(other).values(other)


def _opportunity(kind: OpportunityKind, row: Any) -> Opportunity:
    countries = list(getattr(row, "named_countries", ()))
    # An event of the United Nations is for every country; what a stakeholder holds in person for its own.
    if kind == OpportunityKind.REGISTRATION and row.organizer_id and row.mode == Mode.IN_PERSON:
        countries += filter(None, [row.country_id])
    is_dialogue = kind == OpportunityKind.DIALOGUE
    url = reverse("dialogues:dialogue", args=[row.dialogue_id]) if is_dialogue else row.get_absolute_url()
    return Opportunity(
        kind=kind,
        pk=row.pk,
        told_title=row.told_title,
        url=url,
        opens_at=row.opens,
        closes_at=row.closes,
        zone=row.closes_in,
        topic=tuple(row.named_topics),
        country=tuple(countries),
        sequence=row.edition,
        changed=row.changed,
        is_cancelled=row.status == "cancelled",
        is_full=getattr(row, "is_full", False),
        event=None if kind == OpportunityKind.CALL else row,
        code=f"{kind}-{row.pk}",
    )


# --- The filters of the list ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OpportunityQuery(FacetQuery):
    """The codes that were chosen of each facet."""

    facets: ClassVar = ("kind", "topic", "country", "who")

    kind: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    who: tuple[str, ...] = ()

    def finds(self, opportunity: Opportunity) -> bool:
        """Return whether the opportunity matches every facet of which a code was chosen."""
        return all(_matches(opportunity, name, self.codes(name)) for name in self.facets if self.codes(name))

    def count_codes(
        self, opportunities: Iterable[Opportunity], name: str, offered: Iterable[str]
    ) -> Counter[str]:
        """Return how many opportunities match each offered code, ignoring what was chosen of this facet."""
        without = self.without(name)
        rows = [opportunity for opportunity in opportunities if without.finds(opportunity)]
        return Counter(
            {code: sum(_matches(opportunity, name, (code,)) for opportunity in rows) for code in offered}
        )


def _matches(opportunity: Opportunity, name: str, codes: Iterable[str]) -> bool:
    if name == "kind":
        return opportunity.kind in codes
    if name == "country":
        return opportunity.is_for_everywhere or any(opportunity.is_in(code) for code in codes)
    own_codes: tuple[str, ...] = getattr(opportunity, name)
    return not own_codes or not set(own_codes).isdisjoint(codes)


def codes_named(opportunities: Iterable[Opportunity], name: str) -> set[str]:
    """Return the codes of a facet that any opportunity names."""
    return {code for opportunity in opportunities for code in getattr(opportunity, name)}
