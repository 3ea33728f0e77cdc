"""The tracker: a line for each country, narrowed by what was asked; and published figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.facets import FacetQuery
from core.partial_dates import first_day
from core.text import fold
from reviews.mechanism.enums import Silence, StepStatus
from reviews.mechanism.models import StepKind
from reviews.mechanism.queries import today
from reviews.tracker.models import CountryReview, Measure, ReviewsVersion, Snapshot, StepRecord
from reviews.tracker.queries_deadlines import Calendar, calendar
from taxonomy.law.enums import TreatyAction
from taxonomy.law.models import Instrument, Participation
from taxonomy.names.sorting import content_language
from taxonomy.places.map_marks import Mark, marks
from taxonomy.places.models import Region

BY_NAME = "name"


def published_version() -> str:
    """Pages change with what is recorded, and with the day, since a phase begins by the calendar."""
    return f"{ReviewsVersion.objects.current()}:{today():%Y%m%d}"


@dataclass(frozen=True, slots=True)
class ListQuery(FacetQuery):
    """Facets and an order. Each list adds the fields of its own."""

    sort: str = BY_NAME

    def pairs(self) -> list[tuple[str, str]]:
        return FacetQuery.pairs(self) + ([("sort", self.sort)] if self.sort != BY_NAME else [])


# -----------------------------------------------------------------------------------------------------
# The tracker: a line for each country, narrowed by what was asked, sorted by name, region or date alone.
# Nothing here counts, compares or orders what States have done: a line holds the latest sourced fact.

REGION, DATE = "region", "date"
# In place of a code, for lines of which the sources say nothing.
UNKNOWN = "unknown"
CODES = ("information", "region", "un_group", "group", "phase", "step", "instrument")
# A country of which a step is recorded; the others are UNKNOWN.
RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class TrackerQuery(ListQuery):
    facets = CODES

    # Part of a country's name, in the reader's language or in English, or its code.
    q: str = ""
    information: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    un_group: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    step: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        return bool(self.q) or any(self.codes(name) for name in self.facets)

    def pairs(self) -> list[tuple[str, str]]:
        return ([("q", self.q)] if self.q else []) + ListQuery.pairs(self)


@dataclass(frozen=True, slots=True)
class PhaseCell:
    """The latest known step of one phase, by the columns of its record; without one, why nothing is there."""

    cluster: str
    record: Any
    step_name: str
    silence: Silence | None
    is_now: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What the sources say of one country."""

    iso3: str
    name: str
    region: str
    region_name: str
    un_group: str
    group: str
    group_source: str
    start: str
    actual_start: str
    phase: str
    # The latest known step, or None; and what it is called.
    step: Any
    step_name: str
    mark: Mark | None
    # One for each phase, in their order.
    cells: list[PhaseCell]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to say of its group nor of any phase."""
        silences = {cell.silence for cell in self.cells}
        return not self.group and silences == {Silence.NOT_RECORDED}


@dataclass(frozen=True, slots=True)
class JoinedOrganization:
    """That a party which is not a State joined one instrument, as the depositary's list says."""

    instrument: str
    action: str
    day: date | None
    source: str
    source_day: date | None


@dataclass(frozen=True)
class TrackerData:
    """Everything that the tracker draws on, before anything is asked of it."""

    plan: Calendar
    steps: list[StepKind]
    instruments: list[Instrument]
    # In the order of the names in the reader's language, each with `parties`: codes of its instruments.
    reviews: list[Any]

    @property
    def organizations(self) -> dict[str, list[JoinedOrganization]]:
        """Parties that are not States, by name, with the instruments that they have joined."""
        found: dict[str, list[JoinedOrganization]] = {}
        for instrument in self.instruments:
            for one in instrument.organizations:  # type: ignore[attr-defined]
                days = [date.fromisoformat(one[day]) if one[day] else None for day in ("date", "source_date")]
                found.setdefault(one["organization"], []).append(
                    JoinedOrganization(
                        instrument.name,
                        str(TreatyAction(one["action"]).label) if one["action"] else "",
                        days[0],
                        one["source"],
                        days[1],
                    )
                )
        return dict(sorted(found.items()))

    @property
    def regions(self) -> list[Region]:
        """Those in which a country of the tracker lies, by name."""
        found = {one.country.region_id: one.country.region for one in self.reviews if one.country.region_id}
        return sorted(found.values(), key=lambda region: getattr(region, f"sort_{content_language()}"))

    @property
    def groups(self) -> list[Any]:
        found = {phase.group_id: phase.group for phase in self.plan.phases.values()}
        return [found[code] for code in sorted(found)]


_OF_A_REVIEW = (
    *("country", "source", "nominal_start", "actual_start"),
    *("group__nominal_start", "country__un_group", "country__region"),
)
_OF_A_CELL = (
    *("pk", "review_id", "cluster_id", "step_id", "instrument_id"),
    *("status", "date", "recorded_at", "is_demo"),
    *("source", "source_kind", "source_url", "source_date", "place", "step_place"),
)


def _names(term: str) -> list[str]:
    """The columns of a term that tell how it is called and sorted in the language in use."""
    language = content_language()
    return [f"{term}__{name}" for name in {f"name_{language}", f"sort_{language}", "name_en"}]


def tracker_data(user: Any) -> TrackerData:
    """Four queries."""
    parties = Participation.objects.filter(country=OuterRef("country"), is_party=True)
    reviews = (
        CountryReview.objects.visible_to(user)
        .select_related("country__region", "group")
        .annotate(parties=ArraySubquery(parties.values("instrument_id")))
        .order_by(f"country__sort_{content_language()}", "pk")
        .only(*_OF_A_REVIEW, *_names("country"), *_names("country__region"))
    )
    return TrackerData(
        calendar(),
        list(StepKind.objects.all().offered().in_order()),
        list(Instrument.objects.filter(reviewed=True).in_order().annotate(organizations=_organizations())),
        list(reviews),
    )


def _organizations() -> ArraySubquery:
    """What is known of the parties to an instrument that are not States, in the statement that reads it."""
    facts = ("organization", "action", "date", "source", "source_date")
    rows = Participation.objects.filter(instrument=OuterRef("pk"), country=None, is_party=True)
    return ArraySubquery(
        rows.order_by("organization").values(said=JSONObject(**{name: name for name in facts}))
    )


def lines(user: Any, of: TrackerData, asked: TrackerQuery) -> list[Line]:
    """All that answers to what was asked. One query."""
    records, day = _by_phase(user, asked), today()
    names = {step.pk: step.name for step in of.steps}
    sought = fold(asked.q)
    found = [
        _line(review, of.plan, records.get(review.pk, {}), names, day)
        for review in of.reviews
        if not asked.instrument or not set(asked.instrument).isdisjoint(review.parties)
        if not sought or _is_called(review.country, sought)
    ]
    found = [line for line in found if _answers(line, asked)]
    if asked.sort == REGION:
        places = {region.pk: number for number, region in enumerate(of.regions)}
        found.sort(key=lambda line: places.get(line.region, len(places)))
    elif asked.sort == DATE:
        # What has no date comes last; of equal ones the names decide.
        found.sort(key=lambda line: line.step.date if line.step else "", reverse=True)
    return found


def _is_called(country: Any, sought: str) -> bool:
    names = country.name, country.name_en, country.pk
    return any(sought in fold(name) for name in names)


def _by_phase(user: Any, asked: TrackerQuery) -> dict[int, dict[str, Any]]:
    """Review → phase → its latest known step, or else that no public source was found: `_OF_A_CELL` of each.

    With an instrument, what is said of that one or of all.
    """
    current = StepRecord.objects.visible_to(user).current().filter(step__retired=False)
    if asked.instrument:
        current = current.filter(Q(instrument=None) | Q(instrument__in=asked.instrument))
    is_known = Case(When(status__in=StepStatus.KNOWN, then=1), default=0)
    rows = (
        current.annotate(is_known=is_known, place=F("cluster__position"), step_place=F("step__position"))
        .order_by("review_id", "cluster_id", "-is_known", "-date", "-step_place", "-recorded_at", "-pk")
        .distinct("review_id", "cluster_id")
        .values_list(*_OF_A_CELL, named=True)
    )
    found: dict[int, dict[str, Any]] = {}
    for record in rows:
        found.setdefault(record.review_id, {})[record.cluster_id] = record
    return found


def _latest_of(records: Mapping[str, Any]) -> Any:
    """As `StepRecordQuerySet.latest_first` has it."""
    known = [record for record in records.values() if record.status in StepStatus.KNOWN]
    by_date = attrgetter("date", "place", "step_place", "recorded_at", "pk")
    return max(known, key=by_date, default=None)


def _line(
    review: Any, plan: Calendar, records: Mapping[str, Any], names: Mapping[str, str], day: date
) -> Line:
    country, step = review.country, _latest_of(records)
    phase = plan.now(review, day)
    return Line(
        iso3=country.pk,
        name=country.name,
        region=country.region_id or "",
        region_name=country.region.name if country.region else "",
        un_group=country.un_group,
        group=review.group_id or "",
        group_source=review.source,
        start=review.start,
        actual_start=review.actual_start,
        phase=phase.cluster_id if phase else "",
        step=step,
        step_name=names.get(step.step_id, step.step_id) if step else "",
        mark=marks().get(country.pk),
        cells=[
            PhaseCell(
                cluster=cluster.pk,
                record=record,
                step_name=names.get(record.step_id, record.step_id) if record else "",
                silence=None if record else _silence(plan.begin(review, cluster.pk), day),
                is_now=phase is not None and phase.cluster_id == cluster.pk,
            )
            for cluster in plan.clusters
            for record in (records.get(cluster.pk),)
        ],
    )


def _silence(begins: str, day: date) -> Silence:
    return Silence.NOT_DUE if begins and first_day(begins) > day else Silence.NOT_RECORDED


def _answers(line: Line, asked: TrackerQuery) -> bool:
    said = {
        "information": RECORDED if line.step else "",
        "region": line.region,
        "un_group": line.un_group,
        "group": line.group,
        "phase": line.phase,
        "step": line.step.step_id if line.step else "",
    }
    return all(
        not getattr(asked, name) or (value or UNKNOWN) in getattr(asked, name) for name, value in said.items()
    )


def changes(user: Any, iso3: str = "", *, most: int = 50) -> list[StepRecord]:
    """The newest records, of one country or of all. One query."""
    rows = StepRecord.objects.visible_to(user).select_related("review__country", "step", "cluster")
    if iso3:
        rows = rows.filter(review__country=iso3)
    return list(rows.order_by("-recorded_at", "-pk")[:most])


# -----------------------------------------------------------------------------------------------------
# Published figures of the mechanism, each with its source; sources that disagree stand side by side.


@dataclass
class Figure:
    snapshot: Snapshot
    scope: str


@dataclass
class MeasureFigures:
    measure: Measure
    figures: list[Figure]

    @property
    def most(self) -> int:
        """To which the bars of several figures are drawn."""
        return max(figure.snapshot.value for figure in self.figures) if len(self.figures) > 1 else 0


def figures() -> list[MeasureFigures]:
    """By measure, the oldest first. One query."""
    rows = Snapshot.objects.select_related("measure", "instrument").order_by(
        "measure__position", "measure_id", "as_of", "pk"
    )
    found: dict[str, MeasureFigures] = {}
    for row in rows:
        of = found.setdefault(row.measure_id, MeasureFigures(row.measure, []))
        of.figures.append(Figure(row, _scope(row)))
    return list(found.values())


def _scope(row: Snapshot) -> str:
    """Which reviews were counted."""
    if row.instrument:
        return row.instrument.name
    if not row.groups:
        return _("All reviews")
    words = ngettext("Group %(groups)s", "Groups %(groups)s", len(row.groups))
    comma = pgettext("between a town and its country", ",")
    return words % {"groups": f"{comma} ".join(row.groups)}
