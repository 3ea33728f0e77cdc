"""The public calendar: by list, by day, by month, as files; and one person's own."""

import calendar as weeks
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils.timezone import now

from events.events import queries_sources
from events.events.dates import days_of
from events.events.enums import EventKind, Mode
from events.events.models import Event, EventQuerySet
from events.hooks import EventPart, LoadedPart, event_parts, load_parts
from events.meeting_reports import queries as meeting_reports
from events.programme import queries as programme
from events.proposals import queries_own as proposals
from events.registrations import queries as registrations
from notifications.follows.enums import Level
from notifications.follows.models import Follow
from stakeholders.entries.models import Membership
from taxonomy.names.models import names_of
from taxonomy.places.models import Country

INDEXED = "events.event"
COMING, PAST = "coming", "past"
UNITED_NATIONS = "un"  # as an organizer
OF_THE_UN = Q(organizer=None, organizer_names=[]) & (Q(code="") | Q(body__isnull=False))
AGENDA_DAYS = 28
MOST_IN_FILE = 2000
MOST_IN_FEED = 50
FIRST_YEAR, LAST_YEAR = 2000, 2199
FEW = 5

# What the subjects of events tell on the public page of one; apps above add theirs by `event_parts`.
EVENT_PARTS = (
    EventPart(5, queries_sources.parties_of, "events/events/_parties.html"),
    EventPart(12, queries_sources.side_events_of, "events/events/_side_events.html"),
    EventPart(10, programme.event_part, "events/programme/_part.html"),
    EventPart(20, registrations.event_part, "events/registrations/_part.html"),
    EventPart(30, proposals.event_part, "events/proposals/_part.html"),
    EventPart(30, meeting_reports.part_of, "events/meeting_reports/_part.html"),
    EventPart(28, queries_sources.sources_of, "events/events/_sources.html"),
    EventPart(32, meeting_reports.held_of, "events/meeting_reports/_library.html"),
)


@dataclass(slots=True)
class Day:
    day: date
    events: list[Event] = field(default_factory=list)
    outside: bool = False  # of the month that is shown


def events_on_calendar(user: Any) -> EventQuerySet:
    """Return the events of the calendar with what a line of it shows; side events are not among them."""
    return _shown_events(user).exclude(kind=EventKind.SIDE_EVENT, part_of__isnull=False)


def _shown_events(user: Any) -> EventQuerySet:
    return Event.objects.visible_to(user).shown().select_related("body", "organizer", "country")


def countries_on_it(user: Any) -> list[tuple[str, str]]:
    """Return (code, name) of the countries and areas in which an event of the calendar takes place."""
    codes = Event.objects.visible_to(user).shown().exclude(country=None).order_by().values("country")
    return [(country.pk, country.name) for country in Country.objects.filter(pk__in=codes).in_order()]


def count_choices(grounds: Mapping[str, QuerySet[Event]]) -> dict[str, Counter[str]]:
    """Return facet → code → how many events of the facet's ground answer to that code."""
    when = Case(When(ends_at__gte=now(), then=Value(COMING)), default=Value(PAST))
    organizer = Case(When(OF_THE_UN, then=Value(UNITED_NATIONS)), default=F("organizer__kind"))
    hybrid_too = [Case(When(mode=Mode.HYBRID, then=Value(way))) for way in (Mode.IN_PERSON, Mode.ONLINE)]
    codes: dict[str, list[Any]] = {
        "when": [when],
        "kind": [F("kind")],
        "topic": [F("topics")],
        "country": [F("country")],
        "mode": [F("mode"), *hybrid_too],
        "region": [F("country__region"), F("country__subregion"), F("country__intermediate_region")],
        "organizer": [organizer],
        "body": [F("body")],
        "language": [F("languages")],
    }
    counts = [
        rows.order_by()
        .annotate(its_facet=Value(facet), its_code=Cast(code, CharField()))
        .values_list("its_facet", "its_code")
        .annotate(number=Count("pk"))
        for facet, rows in grounds.items()
        for code in codes[facet]
    ]
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for facet, code, number in counts[0].union(*counts[1:], all=True).order_by():
        if code:
            counted[facet][code] += number
    return counted


def agenda(rows: QuerySet[Event], first: date, days: int = AGENDA_DAYS) -> list[Day]:
    """Return the days on which an event takes place, each event on every day that it lasts."""
    last = first + timedelta(days=days - 1)
    return [day for day in _by_day(rows, first, last) if day.events]


def month(rows: QuerySet[Event], year: int, number: int) -> list[list[Day]]:
    """Return the weeks of a month, from Monday to Sunday."""
    grid = weeks.Calendar().monthdatescalendar(year, number)
    days = {day.day: day for day in _by_day(rows, grid[0][0], grid[-1][-1])}
    for day, cell in days.items():
        cell.outside = day.month != number
    return [[days[day] for day in week] for week in grid]


def _by_day(rows: QuerySet[Event], first: date, last: date) -> list[Day]:
    """Return each day with its events.

    A day belongs to the zone of the event, so the query begins a day before the first and ends a day after
    the last.
    """
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=1)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=2)
    events = rows.filter(starts_at__lt=end, ends_at__gt=begin).order_by("starts_at", "pk")
    days = {first + timedelta(days=n): Day(first + timedelta(days=n)) for n in range((last - first).days + 1)}
    for event in events:
        its_first, its_last = days_of(event)
        day = max(its_first, first)
        while day <= min(its_last, last):
            days[day].events.append(event)
            day += timedelta(days=1)
    return list(days.values())


def next_after(rows: QuerySet[Event], day: date) -> Event | None:
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return rows.filter(starts_at__gte=begin).order_by("starts_at", "pk").first()


def coming_up(user: Any, most: int = FEW) -> QuerySet[Event]:
    """Return the next few events, for the first page."""
    return events_on_calendar(user).filter(status="published").coming()[:most]


def held_last(user: Any, most: int = FEW) -> QuerySet[Event]:
    """Return the last few events, for the first page of a portal on which nothing is announced."""
    return events_on_calendar(user).filter(status="published").past()[:most]


def for_file(rows: QuerySet[Event]) -> QuerySet[Event]:
    """Return the events with a date, the latest first; cancelled ones too, so that calendars remove them."""
    return rows.exclude(starts_at=None).order_by("-starts_at", "-pk")[:MOST_IN_FILE]


def for_feed(rows: QuerySet[Event]) -> QuerySet[Event]:
    return rows.exclude(published_at=None).order_by("-published_at", "-pk")[:MOST_IN_FEED]


def own_calendar(user: Any) -> EventQuerySet:
    """Return the public events that one person follows, organizes or attends."""
    ids = {*followed_events(user), *organized_events(user), *registrations.events_with_place(user)}
    return _shown_events(AnonymousUser()).filter(pk__in=ids)


def followed_events(user: Any) -> Iterable[int]:
    """Return the ids of the events that the person follows alone, and has not muted."""
    follows = Follow.objects.filter(user=user, lead__startswith="event:").exclude(level=Level.MUTED)
    alone = [
        terms[0].partition(":")[2] for terms in follows.values_list("terms", flat=True) if len(terms) == 1
    ]
    return [int(code) for code in alone if code.isdecimal()]


def organized_events(user: Any) -> QuerySet[Event, int]:
    theirs = Membership.objects.filter(user=user).values("stakeholder")
    return Event.objects.filter(organizer__in=theirs).values_list("pk", flat=True)


def event_parts_of(user: Any, event: Event) -> list[LoadedPart]:
    """Return the parts of the event's public page."""
    return load_parts((*EVENT_PARTS, *event_parts.values()), user, event)


def for_sitemap() -> QuerySet[Event]:
    return Event.objects.visible_to(AnonymousUser()).only("pk", "title", "updated_at").order_by("pk")


def in_country(user: Any, country: Any) -> dict[str, Any] | None:
    """Return what comes in a country or area and what was held there, for the page about it."""
    rows = events_on_calendar(user).filter(country=country, status="published")
    coming, held = _coming_and_held(rows, FEW + 1)
    if not coming and not held:
        return None
    return {
        "country": country,
        "events": coming[:FEW],
        "more": len(coming) > FEW,
        "held": held[:FEW],
        "more_held": len(held) > FEW,
    }


def of_stakeholder(user: Any, stakeholder: Any) -> dict[str, Any] | None:
    """Return what a stakeholder organizes and has held, for its profile."""
    rows = events_on_calendar(user).filter(organizer=stakeholder, status="published")
    coming, held = _coming_and_held(rows, FEW)
    return {"events": coming, "held": held} if coming or held else None


def _shown_columns() -> tuple[str, ...]:
    """Return the columns that a line of the panels shows, and those by which a reader may read a name."""
    return (
        *("kind", "title", "translations", "language", "status", "starts_at", "ends_at", "whole_days"),
        *("zone", "mode", "city", "venue", "organizer_names"),
        *(f"organizer__{name}" for name in ("name", "slug", "status", "listing", "country")),
        *names_of("body"),
        *names_of("country"),
    )


def _coming_and_held(rows: EventQuerySet, most: int) -> tuple[list[Event], list[Event]]:
    """Return the next events and the latest that were held, at most `most` of each, by one query."""
    at = now()
    next_ids, latest_ids = (some.values("pk")[:most] for some in (rows.coming(at), rows.held(at)))
    few = Event.objects.filter(Q(pk__in=next_ids) | Q(pk__in=latest_ids))  # chosen among `rows`
    by_day = few.order_by(F("starts_at").asc(nulls_first=True), "pk")
    events = list(by_day.select_related("body", "organizer", "country").only(*_shown_columns()))
    coming = [event for event in events if event.ends_at and event.ends_at >= at]
    return coming, [event for event in reversed(events) if event not in coming]
