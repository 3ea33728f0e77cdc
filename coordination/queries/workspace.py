"""The workspace of a regional focal point: everything from their own places, in few statements."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import BigIntegerField, CharField, Count, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import now

from accounts.enums import Role
from coordination.models import Absence, Enquiry
from core.text import fold
from events.models import Event
from reviews.models import Call
from stakeholders.enums import ApplicationStatus, Kind, Status
from stakeholders.models import Appointment, DirectoryVersion, Stakeholder
from stakeholders.queries import regional
from stakeholders.queries.counts import KEPT_SECONDS
from taxonomy.models import Country, Topic, choices_of
from taxonomy.queries import regions_of
from workflow.models import WorkItem

MOST = 8  # of each kind on the workspace


@dataclass(frozen=True, slots=True)
class Thing:
    """One line of the workspace: `first` and `last` are what that kind of thing begins and ends with.

    `about`: of work that is held, the kind of its subject, whose number `pk` then is.
    """

    about: str
    pk: int
    label: str
    first: datetime | None
    last: datetime | None


def things(user: Any, places: frozenset[str] | None) -> dict[str, list[Thing]]:
    """By kind: what lapses, what was returned, calls and events of the region, messages; what the person
    holds, and their terms and absences.

    One statement for all kinds; each begins from what the person may see.
    """
    moment = now()
    here = {} if places is None else {"country__in": sorted(places)}
    entries = regional.stakeholders_in(user).filter(status=Status.ACTIVE, lapses_at__isnull=False)
    returned = regional.shared(user).filter(status=ApplicationStatus.RETURNED)
    calls = Call.objects.visible_to(user).open_at(moment)
    events = Event.objects.visible_to(user).shown().filter(ends_at__gte=moment)
    if places is not None:
        about = Call.countries.through.objects
        calls = calls.filter(
            Q(pk__in=about.filter(country__in=sorted(places)).values("call"))
            | ~Q(pk__in=about.values("call"))
        )
        events = events.filter(**here)
    enquiries = Enquiry.objects.filter(
        pk__in=Enquiry.objects.answered_by(user).filter(waits=True).values("pk")
    )
    held = WorkItem.objects.visible_to(user).open().filter(holder=user)
    own = Appointment.objects.in_force().filter(user=user)
    absences = Absence.objects.visible_to(user).standing()
    parts = [
        _part("lapsing", entries, "name", "approved_at", "lapses_at", order="lapses_at"),
        _part("returned", returned, "name", "submitted_at", "returned_at", order="returned_at"),
        _part("calls", calls, "title", "opens_at", "closes_at", order="closes_at"),
        _part("events", events, "title", "starts_at", "ends_at", order="starts_at"),
        _part("enquiries", enquiries, "subject", "began_at", "last_at", order="last_at"),
        _part(
            Concat(Value("held:"), "subject_kind", output_field=CharField()), held, "label", "since", "until",
            order=F("until").asc(nulls_last=True), pk="subject_id",
        ),
        _part("term", own, "end_reason", "starts_on", "ends_on", order="ends_on"),
        _part("away", absences.filter(appointment__user=user), "deputy__name", "starts_on", "ends_on",
              order="starts_on"),
        _part("standing_in", absences.filter(deputy=user), "appointment__user__name", "starts_on", "ends_on",
              order="starts_on"),
    ]  # fmt: skip
    found: dict[str, list[Thing]] = {}
    for row in parts[0].union(*parts[1:], all=True):
        kind, _colon, about = row[0].partition(":")
        found.setdefault(kind, []).append(Thing(about, *row[1:]))
    return found


def _part(
    kind: Any, rows: QuerySet[Any], label: str, first: str, last: str, *, order: Any, pk: str = "pk"
) -> QuerySet[Any, tuple[Any, ...]]:
    return (
        rows.order_by(order, "pk")
        .annotate(
            its_kind=Value(kind, CharField()) if isinstance(kind, str) else kind,
            its_id=Cast(pk, BigIntegerField()),
            its_label=Cast(label, CharField()),
            its_first=Cast(first, DateTimeField()),
            its_last=Cast(last, DateTimeField()),
        )
        .values_list("its_kind", "its_id", "its_label", "its_first", "its_last")[:MOST]
    )


@dataclass(frozen=True, slots=True)
class Term:
    """Of `things()`: a term in force, an absence from one, or days of standing in for `name`."""

    kind: str  # "term", "away" or "standing_in"
    pk: int
    name: str
    first: date | None
    last: date | None


def terms(found: dict[str, list[Thing]]) -> list[Term]:
    def day(moment: datetime | None) -> date | None:
        return moment and moment.astimezone(UTC).date()  # a day was cast at midnight there

    return [
        Term(kind, one.pk, one.label, day(one.first), day(one.last))
        for kind in ("term", "away", "standing_in")
        for one in found.get(kind, ())
    ]


# --- Coverage -----------------------------------------------------------------------------------------
@dataclass(slots=True)
class Numbers:
    """Of the stakeholders in the person's places, as far as they find them."""

    total: int = 0
    lapsing: int = 0
    # iso3 → number; (iso3, code) → number by what was asked
    by_country: Counter[str] = field(default_factory=Counter)
    grid: Counter[tuple[str, str]] = field(default_factory=Counter)


def numbers(user: Any, by: str = "kind") -> Numbers:
    """Counted by country and "kind" or "topic"; kept until the directory changes. At most two statements."""
    # Whoever is here for a State finds fewer; all others of the same places find the same.
    readers = f"of:{user.pk}" if user.has_role(Role.STATE) else "all"
    key = f"coordination:numbers:{DirectoryVersion.objects.current()}:{readers}:{_places_key(user)}:{by}"
    found: Numbers | None = cache.get(key)
    if found is None:
        found = _counted(user, by)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _places_key(user: Any) -> str:
    places = user.places_of(Role.REGIONAL)
    return "" if places is None else sha256(".".join(sorted(places)).encode()).hexdigest()


def _counted(user: Any, by: str) -> Numbers:
    found = Numbers()
    rows = regional.stakeholders_in(user).order_by()
    column = {"kind": "kind", "topic": "topics"}[by]
    counted = rows.values_list("country", column).annotate(
        number=Count("pk"), lapsing=Count("pk", filter=Q(status=Status.ACTIVE, lapses_at__isnull=False))
    )
    for iso3, code, number, lapsing in counted:
        found.grid[iso3, code] += number
        if by == "kind":
            found.by_country[iso3] += number
            found.total += number
            found.lapsing += lapsing
    return found


@dataclass(frozen=True, slots=True)
class CoverageLine:
    iso3: str
    name: str
    total: int
    cells: list[int]


def countries_of(places: frozenset[str] | None) -> list[tuple[str, str]]:
    """(iso3, name) of the places, in the order of their names."""
    (countries,) = choices_of(Country)
    placed = regions_of()
    return [
        (iso3, name) for iso3, name in countries if placed.get(iso3) and (places is None or iso3 in places)
    ]


def coverage(user: Any, by: str, *, empty_only: bool = False) -> tuple[list[str], list[CoverageLine]]:
    """(heads of the columns, a line for each country in the order of their names): never ranked."""
    columns: Mapping[str, Any] = dict(Kind.choices if by == "kind" else choices_of(Topic)[0])
    counted, totals = numbers(user, by).grid, numbers(user).by_country
    lines = [
        CoverageLine(iso3, name, totals[iso3], [counted[iso3, code] for code in columns])
        for iso3, name in countries_of(user.places_of(Role.REGIONAL))
    ]
    if empty_only:
        lines = [line for line in lines if not all(line.cells)]
    return [str(label) for label in columns.values()], lines


# --- Stakeholders of the region -----------------------------------------------------------------------
def found_stakeholders(
    user: Any, *, q: str = "", country: str = "", kind: str = "", lapsing: bool = False
) -> QuerySet[Stakeholder]:
    """Those of the person's places that they find, by name. `q` is a part of the name."""
    rows = regional.stakeholders_in(user).select_related("country").order_by("sort_key", "pk")
    if said := fold(q):
        rows = rows.filter(Q(name_key__contains=said) | Q(sort_key__contains=said))
    if country:
        rows = rows.filter(country=country)
    if kind:
        rows = rows.filter(kind=kind)
    if lapsing:
        rows = rows.filter(status=Status.ACTIVE, lapses_at__isnull=False)
    return rows
