"""The tracker: a line for each country, narrowed by what was asked; and published figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.facets import FacetQuery
from reviews.mechanism.models import StepKind
from reviews.mechanism.queries import today
from reviews.tracker.models import CountryReview, Measure, Snapshot, StepRecord
from reviews.tracker.queries_deadlines import Calendar, calendar
from taxonomy.law.enums import TreatyAction
from taxonomy.law.models import Instrument, Participation
from taxonomy.names.sorting import content_language
from taxonomy.places.map_marks import Mark, marks
from taxonomy.places.models import Region

BY_NAME = "name"


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
CODES = ("region", "un_group", "group", "phase", "step", "instrument")


@dataclass(frozen=True, slots=True)
class TrackerQuery(ListQuery):
    facets = CODES

    region: tuple[str, ...] = ()
    un_group: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    step: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()


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
    step: StepRecord | None
    step_name: str
    mark: Mark | None


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


def tracker_data(user: Any) -> TrackerData:
    """Four queries."""
    parties = Participation.objects.filter(country=OuterRef("country"), is_party=True)
    reviews = (
        CountryReview.objects.visible_to(user)
        .select_related("country__region", "group")
        .annotate(parties=ArraySubquery(parties.values("instrument_id")))
        .order_by(f"country__sort_{content_language()}", "pk")
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
    latest, day = _latest(user, asked), today()
    names = {step.pk: step.name for step in of.steps}
    found = [
        _line(review, of.plan, latest.get(review.pk), names, day)
        for review in of.reviews
        if not asked.instrument or not set(asked.instrument).isdisjoint(review.parties)
    ]
    found = [line for line in found if _answers(line, asked)]
    if asked.sort == REGION:
        places = {region.pk: number for number, region in enumerate(of.regions)}
        found.sort(key=lambda line: places.get(line.region, len(places)))
    elif asked.sort == DATE:
        # What has no date comes last; of equal ones the names decide.
        found.sort(key=lambda line: line.step.date if line.step else "", reverse=True)
    return found


def _latest(user: Any, asked: TrackerQuery) -> dict[int, StepRecord]:
    """The latest known step of each review; with an instrument, what is said of that one or of all."""
    current = StepRecord.objects.visible_to(user).current()
    if asked.instrument:
        current = current.filter(Q(instrument=None) | Q(instrument__in=asked.instrument))
    rows = (
        current.known()
        .order_by("review_id", "-date", "-cluster__position", "-step__position", "-recorded_at", "-pk")
        .distinct("review_id")
    )
    return {record.review_id: record for record in rows}


def _line(review: Any, plan: Calendar, step: StepRecord | None, names: Mapping[str, str], day: date) -> Line:
    country = review.country
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
    )


def _answers(line: Line, asked: TrackerQuery) -> bool:
    said = {
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

# Of the chart, in units of its own drawing.
BAR_WIDTH, BAR_STEP, LABEL_WIDTH = 300, 20, 260


@dataclass
class Figure:
    snapshot: Snapshot
    scope: str
    # Its bar in units of the drawing, within one measure alone: how long, and how far from the top.
    bar: int
    top: int


@dataclass
class MeasureFigures:
    measure: Measure
    figures: list[Figure]

    @property
    def height(self) -> int:
        return BAR_STEP * len(self.figures)


def figures() -> list[MeasureFigures]:
    """By measure, the oldest first. One query."""
    rows = Snapshot.objects.select_related("measure", "instrument").order_by(
        "measure__position", "measure_id", "as_of", "pk"
    )
    found: dict[str, MeasureFigures] = {}
    for row in rows:
        of = found.setdefault(row.measure_id, MeasureFigures(row.measure, []))
        of.figures.append(Figure(row, _scope(row), 0, BAR_STEP * len(of.figures)))
    for of in found.values():
        most = max((figure.snapshot.value for figure in of.figures), default=0)
        for figure in of.figures:
            figure.bar = round(BAR_WIDTH * figure.snapshot.value / most) if most else 0
    return list(found.values())


def _scope(row: Snapshot) -> str:
    """Which reviews were counted."""
    if row.instrument:
        return row.instrument.name
    if not row.groups:
        return _("All reviews")
    words = ngettext("Group %(groups)s", "Groups %(groups)s", len(row.groups))
    return words % {"groups": ", ".join(row.groups)}
