"""A plan as its page reads it, with its time line; plans for the index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from coordination.networks.enums import MemberStatus, StepStatus
from coordination.networks.models import Network, NetworkMember
from coordination.networks.models_parts import NetworkPlan, PlanGoal, PlanStep
from core.subqueries import exists_in
from search.enums import Audience
from search.hooks import Entry
from stakeholders.entries.models import Stakeholder

WIDTH = 1000  # of the whole plan, in the units of its drawing
LEAST = 8  # so that a day can be seen
MOST_TICKS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One step. `x` and `width` count from the first day of the plan, in thousandths of its length."""

    step: PlanStep
    responsible: list[Stakeholder]
    x: int
    width: int


@dataclass(slots=True)
class GoalLine:
    goal: PlanGoal
    bars: list[Bar] = field(default_factory=list)


@dataclass(slots=True)
class Timeline:
    """`ticks` are where a month, or a year of a long plan, begins; `today` is None outside the plan."""

    lines: list[GoalLine]
    ticks: list[int]
    today: int | None
    counts: list[tuple[StepStatus, int]]

    @property
    def total(self) -> int:
        return sum(number for _status, number in self.counts)


def plans_of(user: Any) -> QuerySet[NetworkPlan]:
    return NetworkPlan.objects.visible_to(user).select_related("network__country", "language")


def shown_responsible(user: Any) -> QuerySet[Stakeholder]:
    """Return the stakeholders whose names the reader may read: listed, or in a network with them."""
    listed = exists_in(Stakeholder.objects.visible_to(user), "pk")
    beside = NetworkMember.objects.filter(
        network__in=Network.objects.inside(user).values("pk"), status=MemberStatus.IN
    )
    return Stakeholder.objects.filter(listed | Q(pk__in=beside.values("stakeholder")))


def steps_of(user: Any) -> QuerySet[PlanStep]:
    """Return steps with the names of those responsible, as far as the reader may know them."""
    named = shown_responsible(user).order_by("sort_key", "pk")
    return (
        PlanStep.objects.visible_to(user)
        .select_related("state", "goal__plan__network__country", "goal__instrument")
        .prefetch_related(Prefetch("responsible", queryset=named, to_attr="named"))
    )


def timeline_of(user: Any, plan: NetworkPlan) -> Timeline:
    """Return the plan with its bars, ticks and counts."""
    lines = {
        goal.pk: GoalLine(goal)
        for goal in PlanGoal.objects.visible_to(user).filter(plan=plan).select_related("instrument")
    }
    days = (plan.ends_on - plan.starts_on).days + 1
    counted = dict.fromkeys(StepStatus, 0)
    for step in steps_of(user).filter(goal__plan=plan).order_by("starts_on", "ends_on", "pk"):
        counted[StepStatus(step.status)] += 1
        x = _at(plan, step.starts_on, days)
        width = max(LEAST, round(((step.ends_on - step.starts_on).days + 1) * WIDTH / days))
        lines[step.goal_id].bars.append(
            Bar(step, step.named, min(x, WIDTH - LEAST), min(width, WIDTH - min(x, WIDTH - LEAST)))  # type: ignore[attr-defined]  # the prefetch
        )
    today = localdate()
    return Timeline(
        lines=list(lines.values()),
        ticks=[_at(plan, day, days) for day in _ticks(plan)],
        today=_at(plan, today, days) if plan.starts_on <= today <= plan.ends_on else None,
        counts=list(counted.items()),
    )


def _at(plan: NetworkPlan, day: date, days: int) -> int:
    return round((day - plan.starts_on).days * WIDTH / days)


def _ticks(plan: NetworkPlan) -> list[date]:
    """Return the months that begin in the plan; of a long one, the years."""
    months = []
    year, month = plan.starts_on.year, plan.starts_on.month
    while date(year, month, 1) <= plan.ends_on:
        if date(year, month, 1) > plan.starts_on:
            months.append(date(year, month, 1))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return months if len(months) <= MOST_TICKS else [day for day in months if day.month == 1]


def choices_of(network: Network, step: PlanStep | None = None) -> QuerySet[Stakeholder]:
    """Return who may be made responsible: members now, and who is responsible already."""
    members = NetworkMember.objects.filter(network=network, status=MemberStatus.IN)
    fit: Any = members.order_by().values("stakeholder")
    if step is not None:
        fit = fit.union(step.responsible.order_by().values("pk"))
    return Stakeholder.objects.filter(pk__in=fit).order_by("sort_key", "pk")


# --- What the index and search engines are told of plans of networks and of published reports --------


def plans_for_sitemap() -> QuerySet[NetworkPlan]:
    return NetworkPlan.objects.visible_to(AnonymousUser()).order_by("pk")


def plans(ids: Sequence[int]) -> Iterable[Entry]:
    """Yield public plans as entries of the index, with their objectives and steps."""
    rows = plans_for_sitemap().filter(pk__in=ids).select_related("network")
    for plan in rows.prefetch_related("goals__steps"):
        goals_and_steps: list[Any] = [row for goal in plan.goals.all() for row in (goal, *goal.steps.all())]
        yield Entry(
            object_id=plan.pk,
            name=plan.title,
            text="\n".join(
                filter(
                    None,
                    [
                        plan.network.name,
                        plan.about,
                        *(t for row in goals_and_steps for t in (row.title, row.about)),
                    ],
                )
            ),
            language=plan.language_id,
            audience=Audience.PUBLIC,
            country=plan.network.country_id or "",
            facets=[f"network:{plan.network.kind}"],
            url_name="networks:plan",
            url_args=[plan.pk],
            sort_key=plan.title.casefold(),
        )
