"""The workspace of a regional focal point: everything from their own places."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import now

from accounts.people.enums import Role
from coordination.absences.models import Absence
from coordination.focal_points.models import Enquiry
from core.bulk import union_of
from core.text import fold
from events.events.models import Event
from reviews.calls.models import Call
from stakeholders.appointments import queries as appointments_queries
from stakeholders.appointments.models import today
from stakeholders.directory.queries_counts import KEPT_SECONDS
from stakeholders.entries.enums import Kind, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.introductions.models import Introduction
from stakeholders.recommendations import queries as recommendations_queries
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country
from taxonomy.places.queries import regions_of
from taxonomy.terms.models import Topic
from workflow.items.models import WorkItem

MOST = 8  # of each kind on the workspace


@dataclass(frozen=True, slots=True)
class WorkspaceLine:
    """One line of the workspace; what `first` and `last` are depends on its kind.

    `about`: of work that is held, the kind of its subject, whose number `pk` then is.
    """

    about: str
    pk: int
    label: str
    first: datetime | None
    last: datetime | None


VERSION = "SELECT 'version', '', 0, '', NULL::timestamptz, NULL::timestamptz, n FROM {rows} AS part (n)"
PART = (
    "SELECT '%s', %s, pk, label::text, first::timestamptz, last::timestamptz, 0 "
    "FROM {rows} AS part (pk, label, first, last%s)"
)


def lines_by_kind(user: Any, places: frozenset[str] | None) -> tuple[int, dict[str, list[WorkspaceLine]]]:
    """Return the version of the directory; and by kind: calls and events of the region, messages,
    introductions, held work, and the terms and absences of the person.

    Each part begins from what the person may see; one query reads them all.
    """
    moment = now()
    calls = Call.objects.visible_to(user).open_at(moment)
    events = Event.objects.visible_to(user).shown().filter(ends_at__gte=moment)
    introductions = Introduction.objects.visible_to(user).open().exclude(asker=user)
    if places is not None:
        here = sorted(places)
        about = Call.countries.through.objects
        calls = calls.filter(
            Q(pk__in=about.filter(country__in=here).values("call")) | ~Q(pk__in=about.values("call"))
        )
        events = events.filter(country__in=here)
        introductions = introductions.filter(stakeholder__country__in=here)
    enquiries = Enquiry.objects.answered_by(user).filter(waits=True)
    held = WorkItem.objects.visible_to(user).open().filter(holder=user)
    absences = Absence.objects.visible_to(user).standing()
    lines: dict[str, list[WorkspaceLine]] = {}
    version = 0
    for kind, *of_thing, n in union_of(
        (
            _part("calls", calls, "title", "opens_at", "closes_at"),
            _part("events", events, "title", "starts_at", "ends_at", order="starts_at"),
            _part("enquiries", enquiries, "subject", "began_at", "last_at"),
            _part("introductions", introductions, "stakeholder__name", "asked_at", "answer_by"),
            _part("held", held, "label", "since", "until", order=F("until").asc(nulls_last=True)),
            _part("term", appointments_queries.own_terms(user), "end_reason", "starts_on", "ends_on"),
            _part(
                "away",
                absences.filter(appointment__user=user),
                "deputy__name",
                "starts_on",
                "ends_on",
                order="starts_on",
            ),
            _part(
                "standing_in",
                absences.filter(deputy=user),
                "appointment__user__name",
                "starts_on",
                "ends_on",
                order="starts_on",
            ),
            (VERSION, DirectoryVersion.objects.filter(pk=1).order_by().values_list("n")),
        )
    ):
        if kind == "version":
            version = n
        else:
            lines.setdefault(kind, []).append(WorkspaceLine(*of_thing))
    return version, lines


def _part(
    kind: str, rows: QuerySet[Any], label: str, first: str, last: str, *, order: Any = None
) -> tuple[str, QuerySet[Any, tuple[Any, ...]]]:
    """Return a part of the query; for held work, with number and kind of its subject."""
    ordered, columns = rows.order_by(order or last, "pk"), (label, first, last)
    if kind == "held":
        return (
            PART % (kind, "about", ", about"),
            ordered.values_list("subject_id", *columns, "subject_kind")[:MOST],
        )
    return PART % (kind, "''", ""), ordered.values_list("pk", *columns)[:MOST]


@dataclass(frozen=True, slots=True)
class Term:
    """From `lines_by_kind()`: a term in force, an absence from one, or days of standing in for `name`."""

    kind: str  # "term", "away" or "standing_in"
    pk: int
    name: str
    first: date | None
    last: date | None

    @property
    def has_begun(self) -> bool:
        return self.first is not None and self.first <= today()


def terms(lines: dict[str, list[WorkspaceLine]]) -> list[Term]:
    def day(moment: datetime | None) -> date | None:
        return moment and moment.astimezone(UTC).date()  # a day was cast at midnight there

    return [
        Term(kind, line.pk, line.label, day(line.first), day(line.last))
        for kind in ("term", "away", "standing_in")
        for line in lines.get(kind, ())
    ]


# --- Coverage -----------------------------------------------------------------------------------------
@dataclass(slots=True)
class Numbers:
    """Numbers of the stakeholders in the person's places, as far as they find them."""

    total: int = 0
    lapsing: int = 0
    # iso3 → number; (iso3, code) → number by what was asked
    by_country: Counter[str] = field(default_factory=Counter)
    grid: Counter[tuple[str, str]] = field(default_factory=Counter)
    soonest: list[WorkspaceLine] = field(default_factory=list)  # to lapse


def numbers(user: Any, by: str = "kind", version: int | None = None) -> Numbers:
    """Return counts by country and "kind" or "topic"; cached until the directory changes.

    `version`: that of the directory, where it is known already.
    """
    if version is None:
        version = DirectoryVersion.objects.current()
    # Whoever is here for a State finds fewer; all others of the same places find the same.
    readers = f"of:{user.pk}" if user.has_role(Role.STATE) else "all"
    key = f"coordination:numbers:3:{version}:{readers}:{_places_key(user)}:{by}"
    figures: Numbers | None = cache.get(key)
    if figures is None:
        figures = _count_numbers(user, by)
        cache.set(key, figures, KEPT_SECONDS)
    return figures


def _places_key(user: Any) -> str:
    places = user.places_of(Role.REGIONAL)
    return "" if places is None else sha256(".".join(sorted(places)).encode()).hexdigest()


COUNTED = (
    "SELECT country, code, number, lapsing, 0, '', NULL::timestamptz, NULL::timestamptz "
    "FROM {rows} AS part (country, code, number, lapsing)"
)
SOONEST = "SELECT '', '', 0, 0, part.* FROM {rows} AS part (pk, name, first, last)"


def _count_numbers(user: Any, by: str) -> Numbers:
    figures = Numbers()
    rows = recommendations_queries.stakeholders_in(user).order_by()
    lapsing = Q(status=Status.ACTIVE, lapses_at__isnull=False)
    column = {"kind": "kind", "topic": "topics__pk"}[by]
    parts: list[tuple[str, QuerySet[Any, Any]]] = [
        (
            COUNTED,
            rows.values_list("country", column).annotate(
                number=Count("pk"), lapsing=Count("pk", filter=lapsing)
            ),
        )
    ]
    if by == "kind":
        soonest = rows.filter(lapsing).order_by("lapses_at", "pk")
        parts.append((SOONEST, soonest.values_list("pk", "name", "approved_at", "lapses_at")[:MOST]))
    for iso3, code, number, lapses, pk, *label_and_dates in union_of(parts):
        if pk:
            figures.soonest.append(WorkspaceLine("", pk, *label_and_dates))
            continue
        figures.grid[iso3, code] += number
        if by == "kind":
            figures.by_country[iso3] += number
            figures.total += number
            figures.lapsing += lapses
    return figures


@dataclass(frozen=True, slots=True)
class CoverageLine:
    iso3: str
    name: str
    total: int
    cells: list[int]


def countries_of(places: frozenset[str] | None) -> list[tuple[str, str]]:
    """Return (iso3, name) of the places, by name."""
    (countries,) = choices_of(Country)
    placed = regions_of()
    return [
        (iso3, name) for iso3, name in countries if placed.get(iso3) and (places is None or iso3 in places)
    ]


def coverage(user: Any, by: str, *, empty_only: bool = False) -> tuple[list[str], list[CoverageLine]]:
    """Return (heads of the columns, a line for each country by name); countries are never ranked."""
    columns: Mapping[str, Any] = dict(Kind.choices if by == "kind" else choices_of(Topic)[0])
    version = DirectoryVersion.objects.current()
    kinds = numbers(user, version=version)
    counted = (kinds if by == "kind" else numbers(user, by, version)).grid
    lines = [
        CoverageLine(iso3, name, kinds.by_country[iso3], [counted[iso3, code] for code in columns])
        for iso3, name in countries_of(user.places_of(Role.REGIONAL))
    ]
    if empty_only:
        lines = [line for line in lines if not all(line.cells)]
    return [str(label) for label in columns.values()], lines


# --- Stakeholders of the region -----------------------------------------------------------------------
def matching_stakeholders(
    user: Any, *, q: str = "", country: str = "", kind: str = "", lapsing: bool = False
) -> QuerySet[Stakeholder]:
    """Return stakeholders of the person's places that they find, by name. `q` is a part of the name."""
    rows = recommendations_queries.stakeholders_in(user).select_related("country").order_by("sort_key", "pk")
    if key := fold(q):
        rows = rows.filter(Q(name_key__contains=key) | Q(sort_key__contains=key))
    if country:
        rows = rows.filter(country=country)
    if kind:
        rows = rows.filter(kind=kind)
    if lapsing:
        rows = rows.filter(status=Status.ACTIVE, lapses_at__isnull=False)
    return rows
