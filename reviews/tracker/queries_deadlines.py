"""When each group goes through each phase, and the deadlines that can be counted."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import cached_property

from core.partial_dates import first_day, last_day, months_after, weeks_after, whole
from reviews.mechanism.enums import DueUnit
from reviews.mechanism.models import Phase, StepKind
from reviews.mechanism.queries import ReviewLine, review_line, steps
from reviews.tracker.models import CountryReview


@dataclass(frozen=True)
class Calendar:
    """When each group nominally goes through each phase."""

    phases: dict[tuple[str, str], Phase]

    @cached_property
    def clusters(self) -> list[Any]:
        """The clusters that have a phase, in their order."""
        clusters = {phase.cluster_id: phase.cluster for phase in self.phases.values()}
        return sorted(clusters.values(), key=lambda cluster: (cluster.position, cluster.pk))

    def of(self, review: CountryReview, cluster: str) -> Phase | None:
        return self.phases.get((review.group_id or "", cluster))

    def begin(self, review: CountryReview, cluster: str) -> str:
        """Return the nominal start of a phase as a partial date; "" where it is not known."""
        phase = self.of(review, cluster)
        if phase is None:
            return ""
        first = self.clusters[0].pk
        return (review.start if cluster == first else "") or phase.starts

    def now(self, review: CountryReview, today: date) -> Phase | None:
        """Return the country's phase by the calendar: the last that may have begun."""
        begun = [
            phase
            for (group, cluster), phase in self.phases.items()
            if group == review.group_id
            and (begins := self.begin(review, cluster))
            and first_day(begins) <= today
        ]
        begun = [phase for phase in begun if not phase.ends or last_day(phase.ends) >= today]
        return max(begun, key=lambda phase: phase.cluster.position, default=None)

    def code_now(self, review: CountryReview, today: date) -> str:
        """Return the cluster of the phase that is `now`; "" where there is none."""
        phase = self.now(review, today)
        return phase.cluster_id if phase else ""

    def line(self, review: CountryReview, today: date) -> ReviewLine | None:
        """Return the years of the phases of its group; of all groups where its own is not known."""
        phases = [phase for phase in self.phases.values() if review.group_id in (None, phase.group_id)]
        phases.sort(key=lambda phase: (phase.group_id, phase.cluster.position))
        return review_line(phases, today)


def calendar() -> Calendar:
    rows = Phase.objects.select_related("cluster", "group")
    return Calendar({(phase.group_id, phase.cluster_id): phase for phase in rows})


def due_days(
    review: CountryReview, cluster: str, kinds: list[StepKind], done: dict[str, str], plan: Calendar
) -> dict[str, date]:
    """Return, by step, the day by which it is due in this phase, if rule and start are known to the day.

    `done` maps a step to the date (partial) on which it was done.
    """
    of_step = {kind.pk: kind for kind in kinds}
    due: dict[str, date] = {}
    for kind in kinds:
        if kind.due_from_id is None or kind.due_after is None:
            continue
        began = done.get(kind.due_from_id, "")
        source = of_step.get(kind.due_from_id)
        if not began and source is not None and source.opens_phase:
            began = plan.begin(review, cluster)
        day = whole(began)
        if day is not None:
            count = weeks_after if kind.due_unit == DueUnit.WEEKS else months_after
            due[kind.pk] = count(day, kind.due_after)
    return due


def deadlines(review: CountryReview, *, records: Any = None, plan: Calendar | None = None) -> list["Due"]:
    """Return every deadline of a review that can be counted, done ones too, the earliest first."""
    plan = plan or calendar()
    kinds = steps()
    current = records if records is not None else list(review.records.current(review=review))
    done: dict[str, dict[str, str]] = defaultdict(dict)
    for step_record in current:
        if step_record.status == "done" and step_record.instrument_id is None:
            done[step_record.cluster_id][step_record.step_id] = step_record.date
    dues = []
    for cluster in plan.clusters:
        done_steps = done[cluster.pk]
        days = due_days(review, cluster.pk, kinds, done_steps, plan)
        dues += [
            Due(cluster, kind, days[kind.pk], kind.pk in done_steps) for kind in kinds if kind.pk in days
        ]
    return sorted(dues, key=lambda due: (due.day, due.step.position))


@dataclass(frozen=True)
class Due:
    cluster: Any
    step: StepKind
    day: date
    done: bool
