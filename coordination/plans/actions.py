"""Building the plan of a network, and saying how far each of its steps is."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from coordination.networks.actions import lock_network, set_values
from coordination.networks.enums import MemberStatus, Shown, StepStatus
from coordination.networks.models import Network, NetworkMember
from coordination.networks.models_parts import NetworkPlan, PlanGoal, PlanStep
from core.errors import DomainError, WrongState
from core.text import clean_block
from notifications.follows.actions import tell
from search.actions import index
from stakeholders.entries.models import Stakeholder
from workflow.moves.actions import move, refuse_changed

MOST_GOALS, MOST_STEPS = 40, 60


def begin_plan(network: Network, *, actor: User, values: Mapping[str, Any]) -> NetworkPlan:
    with transaction.atomic():
        kept = lock_network(network)
        if not actor.has_perm("coordination.coordinate_network", kept):
            raise PermissionDenied
        plan = NetworkPlan(network=kept, written_by=actor)
        set_values(plan, values)
        plan.save()
        record(kept, "coordination.network.begin_plan", actor=actor)
        index(plan)
        _tell_shown(plan)
    return plan


def save_plan(plan: NetworkPlan, *, actor: User, version: int, values: Mapping[str, Any]) -> NetworkPlan:
    """Raises WrongState where somebody has changed the plan since, and DomainError where steps fall out."""
    with transaction.atomic():
        kept = _held(plan, actor, version)
        was = kept.shown_to
        changed = set_values(kept, values)
        steps = PlanStep.objects.filter(goal__plan=kept)
        if steps.filter(starts_on__lt=kept.starts_on).exists():
            raise _wrong("starts_on", _("Something in the plan begins before this day."))
        if steps.filter(ends_on__gt=kept.ends_on).exists():
            raise _wrong("ends_on", _("Something in the plan ends after this day."))
        if changed:
            _write(kept)
            record(kept, "coordination.networkplan.change", actor=actor, fields=", ".join(sorted(changed)))
            if was != kept.shown_to:
                _tell_shown(kept)
    return kept


def save_goal(
    plan: NetworkPlan, goal: PlanGoal | None, *, actor: User, version: int, values: Mapping[str, Any]
) -> PlanGoal:
    """Add an objective, or change one."""
    with transaction.atomic():
        kept = _held(plan, actor, version)
        if goal is None and kept.goals.count() >= MOST_GOALS:
            raise _wrong("title", _("A plan can contain at most %(most)s objectives.") % {"most": MOST_GOALS})
        one = PlanGoal(plan=kept) if goal is None else _there(kept.goals.filter(pk=goal.pk).first())
        set_values(one, values)
        one.save()
        _write(kept)
        record(kept, f"coordination.networkplan.{'add' if goal is None else 'change'}_goal", actor=actor)
    return one


def remove_goal(goal: PlanGoal, *, actor: User, version: int) -> None:
    """Only an empty one goes: what was planned is given up with a reason, or moved."""
    with transaction.atomic():
        kept = _held(goal.plan, actor, version)
        one = _there(kept.goals.filter(pk=goal.pk).first())
        if one.steps.exists():
            raise WrongState(_("There is still something planned under it. Take that out first."))
        one.delete()
        _write(kept)
        record(kept, "coordination.networkplan.remove_goal", actor=actor)


def save_step(
    goal: PlanGoal,
    step: PlanStep | None,
    *,
    actor: User,
    version: int,
    values: Mapping[str, Any],
    responsible: Iterable[Stakeholder],
) -> PlanStep:
    """Add an activity under an objective, or change one. Only members of the network are responsible.

    The State party, where `values` name one, is the desk's to name.
    """
    with transaction.atomic():
        kept = _held(goal.plan, actor, version)
        if not {"state", "state_id"}.isdisjoint(values) and not actor.has_perm("coordination.run_networks"):
            raise PermissionDenied
        if step is None and goal.steps.count() >= MOST_STEPS:
            raise _wrong(
                "title", _("An objective can contain at most %(most)s of them.") % {"most": MOST_STEPS}
            )
        one = PlanStep(goal=goal) if step is None else _there(goal.steps.filter(pk=step.pk).first())
        changed = set_values(one, values)
        _refuse_outside(one, kept)
        chosen = {stakeholder.pk for stakeholder in responsible}
        before = set() if step is None else set(one.responsible.values_list("pk", flat=True))
        members = NetworkMember.objects.filter(network=kept.network, status=MemberStatus.IN)
        if not chosen - before <= set(members.values_list("stakeholder_id", flat=True)):
            raise _wrong("responsible", _("Choose members of the network."))
        one.updated_at = now()
        one.save()
        if chosen != before:
            one.responsible.set(chosen)
            changed.append("responsible")
        _write(kept)
        if step is None:
            record(kept, "coordination.networkplan.add_step", actor=actor)
        elif changed:
            record(one, "coordination.planstep.change", actor=actor, fields=", ".join(sorted(changed)))
    return one


def remove_step(step: PlanStep, *, actor: User, version: int) -> None:
    """Only what has not begun; afterwards it is given up, so that its story stays."""
    with transaction.atomic():
        kept = _held(step.goal.plan, actor, version)
        one = _there(PlanStep.objects.select_for_update().filter(pk=step.pk).first())
        if one.status != StepStatus.PLANNED:
            raise WrongState(_("It has begun. It can be abandoned, with a reason."))
        one.delete()
        _write(kept)
        record(kept, "coordination.networkplan.remove_step", actor=actor)


def act(step: PlanStep, name: str, *, actor: User, note: str = "") -> PlanStep:
    """Say that it has begun, is done, is given up or taken up again."""
    with transaction.atomic():
        rows = PlanStep.objects.select_for_update(no_key=True, of=("self",))
        kept = rows.select_related("goal__plan__network").get(pk=step.pk)
        move(kept, name, actor=actor, note=clean_block(note))
        plan = kept.goal.plan
        if name == "finish" and plan.shown_to == Shown.PUBLIC:
            tell(
                "coordination.network_step_done",
                kept,
                key=f"{kept.pk}:{now():%Y%m%d%H%M%S%f}",
                terms=[f"network:{plan.network_id}"],
                url_name="networks:step",
                url_args=[kept.pk],
                facts={"network": plan.network.name, "title": kept.title},
            )
    return kept


def _held(plan: NetworkPlan, actor: User, version: int) -> NetworkPlan:
    rows = NetworkPlan.objects.select_for_update(no_key=True, of=("self",)).select_related("network")
    kept = rows.get(pk=plan.pk)
    if not actor.has_perm("coordination.coordinate_network", kept.network):
        raise PermissionDenied
    refuse_changed(kept, version)
    return kept


def _write(plan: NetworkPlan) -> None:
    plan.version += 1
    plan.updated_at = now()
    plan.save()
    index(plan)


def _there[Row](row: Row | None) -> Row:
    if row is None:
        raise WrongState(_("A colleague has taken this out meanwhile."))
    return row


def _refuse_outside(step: PlanStep, plan: NetworkPlan) -> None:
    if step.starts_on < plan.starts_on:
        raise _wrong("starts_on", _("That is before the plan begins."))
    if step.ends_on > plan.ends_on:
        raise _wrong("ends_on", _("That is after the plan ends."))


def _wrong(field: str, message: str) -> DomainError:
    return DomainError(message, fields={field: message})


def _tell_shown(plan: NetworkPlan) -> None:
    """Once a plan is everybody's to read, followers hear of it; once for each plan."""
    if plan.shown_to == Shown.PUBLIC:
        tell(
            "coordination.network_plan_shown",
            plan,
            key=f"{plan.pk}",
            terms=[f"network:{plan.network_id}"],
            url_name="networks:plan",
            url_args=[plan.pk],
            facts={"network": plan.network.name, "title": plan.title},
        )
