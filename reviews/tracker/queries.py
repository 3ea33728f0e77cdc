"""The tracker: a line for each country, narrowed by what was asked; and published figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, JSONObject, NullIf
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
from taxonomy.names.models import name_of
from taxonomy.names.sorting import content_language

BY_NAME = "name"


def published_version() -> str:
    """Return the version of pages: it changes with the records and, as phases begin by date, with the day."""
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

    @property
    def is_about_records(self) -> bool:
        """Whether the answer or its order depends on what is recorded; else only the page needs records."""
        return bool(self.information or self.step) or self.sort == DATE

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
class PhaseRun:
    """Cells of neighbouring phases that say the same, shown as the first of them."""

    cells: list[PhaseCell]

    @property
    def phases(self) -> str:
        """As "II", or "II–IV" for several."""
        first, last = self.cells[0].cluster, self.cells[-1].cluster
        return first if first == last else f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class TrackerLine:
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
    # One for each phase, in their order.
    cells: list[PhaseCell]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to say of its group nor of any phase."""
        silences = {cell.silence for cell in self.cells}
        return not self.group and silences == {Silence.NOT_RECORDED}

    @property
    def runs(self) -> list[PhaseRun]:
        """The cells in their order; neighbours without a record are told once."""
        runs = groupby(self.cells, lambda cell: (cell.silence, cell.is_now) if cell.silence else cell.cluster)
        return [PhaseRun(list(cells)) for _key, cells in runs]


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
    # In the order of the names in the reader's language: the columns `_OF_A_REVIEW` of each.
    reviews: list[Any]
    # Review → phase → its latest known step, of the reviews for which `read_latest` has read it.
    latest: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def organizations(self) -> dict[str, list[JoinedOrganization]]:
        """Return parties that are not States, by name, with the instruments that they have joined."""
        by_name: dict[str, list[JoinedOrganization]] = {}
        for instrument in self.instruments:
            for party in instrument.organizations:  # type: ignore[attr-defined]
                days = [
                    date.fromisoformat(party[day]) if party[day] else None for day in ("date", "source_date")
                ]
                by_name.setdefault(party["organization"], []).append(
                    JoinedOrganization(
                        instrument.name,
                        str(TreatyAction(party["action"]).label) if party["action"] else "",
                        days[0],
                        party["source"],
                        days[1],
                    )
                )
        return dict(sorted(by_name.items()))

    @property
    def regions(self) -> list[tuple[str, str]]:
        """(code, name) of those in which a country of the tracker lies, by name."""
        reviews = {review.region: review for review in self.reviews if review.region}
        by_name = sorted(reviews.values(), key=lambda review: review.region_key)
        return [(review.region, review.region_name) for review in by_name]

    @property
    def groups(self) -> list[Any]:
        groups = {phase.group_id: phase.group for phase in self.plan.phases.values()}
        return [groups[code] for code in sorted(groups)]


_OF_A_REVIEW = (
    *("pk", "country_id", "name", "name_en", "un_group", "region", "region_name", "region_key"),
    *("group_id", "source", "start", "actual_start", "parties"),
)
_OF_A_CELL = (
    *("pk", "review_id", "cluster_id", "step_id", "instrument_id"),
    *("status", "date", "recorded_at", "is_demo"),
    *("source", "source_kind", "source_url", "source_date", "place", "step_place"),
)


def tracker_data(user: Any) -> TrackerData:
    """Return what the tracker draws on, named in the language in use."""
    parties = Participation.objects.filter(country=OuterRef("country"), is_party=True)
    key = f"sort_{content_language()}"
    reviews = (
        CountryReview.objects.visible_to(user)
        .annotate(  # type: ignore[no-redef]  # `start` is as the property of that name, which no row here has
            name=name_of("country"),
            name_en=F("country__name_en"),
            un_group=F("country__un_group"),
            region=F("country__region"),
            region_name=name_of("country__region"),
            region_key=F(f"country__region__{key}"),
            start=Coalesce(NullIf("nominal_start", Value("")), "group__nominal_start", Value("")),
            parties=ArraySubquery(parties.values("instrument_id")),
        )
        .order_by(f"country__{key}", "pk")
        .values_list(*_OF_A_REVIEW, named=True)
    )
    return TrackerData(
        calendar(),
        list(StepKind.objects.all().offered().in_order()),
        list(Instrument.objects.filter(reviewed=True).in_order().annotate(organizations=_organizations())),
        list(reviews),
    )


def _organizations() -> ArraySubquery:
    """Return a subquery of the parties to an instrument that are not States."""
    facts = ("organization", "action", "date", "source", "source_date")
    rows = Participation.objects.filter(instrument=OuterRef("pk"), country=None, is_party=True)
    return ArraySubquery(
        rows.order_by("organization").values(facts=JSONObject(**{name: name for name in facts}))
    )


def find_reviews(user: Any, data: TrackerData, query: TrackerQuery) -> list[Any]:
    """Return the reviews that answer to the query, in its order."""
    day, part_of_name = today(), fold(query.q)
    reviews = [
        review
        for review in data.reviews
        if not query.instrument or not set(query.instrument).isdisjoint(review.parties)
        if not part_of_name or _has_name(review, part_of_name)
        if _is_among(query.region, review.region)
        if _is_among(query.un_group, review.un_group)
        if _is_among(query.group, review.group_id)
        if not query.phase or _is_among(query.phase, data.plan.code_now(review, day))
    ]
    if query.is_about_records:
        read_latest(user, data, query, reviews)
        steps = {review.pk: _latest_of(data.latest[review.pk]) for review in reviews}
        reviews = [
            review
            for review in reviews
            for step in (steps[review.pk],)
            if _is_among(query.information, RECORDED if step else "")
            if _is_among(query.step, step.step_id if step else "")
        ]
    if query.sort == REGION:
        places = {code: number for number, (code, _name) in enumerate(data.regions)}
        reviews.sort(key=lambda review: places.get(review.region, len(places)))
    elif query.sort == DATE:
        # What has no date comes last; of equal ones the names decide.
        reviews.sort(key=lambda review: steps[review.pk].date if steps[review.pk] else "", reverse=True)
    return reviews


def _has_name(review: Any, part: str) -> bool:
    return any(part in fold(name) for name in (review.name, review.name_en, review.country_id))


def _is_among(codes: Sequence[str], code: str | None) -> bool:
    return not codes or (code or UNKNOWN) in codes


def lines(user: Any, data: TrackerData, query: TrackerQuery, reviews: Sequence[Any]) -> list[TrackerLine]:
    """Return a line for each of the reviews that `find_reviews` found, or of those on a page."""
    read_latest(user, data, query, [review for review in reviews if review.pk not in data.latest])
    day, names = today(), {step.pk: step.name for step in data.steps}
    return [_line(review, data.latest[review.pk], data.plan, names, day) for review in reviews]


def read_latest(user: Any, data: TrackerData, query: TrackerQuery, reviews: Sequence[Any]) -> None:
    """Enter into `data.latest` the latest known step of each phase, or that no public source was found.

    A step has the columns `_OF_A_CELL`. With an instrument, what is said of that one or of all.
    """
    data.latest.update((review.pk, {}) for review in reviews)
    current = StepRecord.objects.visible_to(user).current(review__in=[review.pk for review in reviews])
    current = current.filter(step__retired=False)
    if query.instrument:
        current = current.filter(Q(instrument=None) | Q(instrument__in=query.instrument))
    is_known = Case(When(status__in=StepStatus.KNOWN, then=1), default=0)
    records = (
        current.annotate(is_known=is_known, place=F("cluster__position"), step_place=F("step__position"))
        .order_by("review_id", "cluster_id", "-is_known", "-date", "-step_place", "-recorded_at", "-pk")
        .distinct("review_id", "cluster_id")
        .values_list(*_OF_A_CELL, named=True)
    )
    for record in records:
        data.latest[record.review_id][record.cluster_id] = record


def _latest_of(records: Mapping[str, Any]) -> Any:
    """Return the latest known record, in the order of `StepRecordQuerySet.latest_first`."""
    known = [record for record in records.values() if record.status in StepStatus.KNOWN]
    by_date = attrgetter("date", "place", "step_place", "recorded_at", "pk")
    return max(known, key=by_date, default=None)


def _line(
    review: Any, records: Mapping[str, Any], plan: Calendar, names: Mapping[str, str], day: date
) -> TrackerLine:
    step, phase = _latest_of(records), plan.code_now(review, day)
    return TrackerLine(
        iso3=review.country_id,
        name=review.name,
        region=review.region or "",
        region_name=review.region_name or "",
        un_group=review.un_group,
        group=review.group_id or "",
        group_source=review.source,
        start=review.start,
        actual_start=review.actual_start,
        phase=phase,
        step=step,
        step_name=names.get(step.step_id, step.step_id) if step else "",
        cells=[
            PhaseCell(
                cluster=cluster.pk,
                record=record,
                step_name=names.get(record.step_id, record.step_id) if record else "",
                silence=None if record else _silence(plan.begin(review, cluster.pk), day),
                is_now=phase == cluster.pk,
            )
            for cluster in plan.clusters
            for record in (records.get(cluster.pk),)
        ],
    )


def _silence(begins: str, day: date) -> Silence:
    return Silence.NOT_DUE if begins and first_day(begins) > day else Silence.NOT_RECORDED


def changes(user: Any, iso3: str = "", *, most: int = 50) -> list[StepRecord]:
    """Return the newest records, of one country or of all."""
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
    """Return the figures by measure, the oldest first."""
    rows = Snapshot.objects.select_related("measure", "instrument").order_by(
        "measure__position", "measure_id", "as_of", "pk"
    )
    by_measure: dict[str, MeasureFigures] = {}
    for row in rows:
        of = by_measure.setdefault(row.measure_id, MeasureFigures(row.measure, []))
        of.figures.append(Figure(row, _scope(row)))
    return list(by_measure.values())


def _scope(row: Snapshot) -> str:
    """Return which reviews were counted."""
    if row.instrument:
        return row.instrument.name
    if not row.groups:
        return _("All reviews")
    words = ngettext("Group %(groups)s", "Groups %(groups)s", len(row.groups))
    comma = pgettext("between a town and its country", ",")
    return words % {"groups": f"{comma} ".join(row.groups)}
