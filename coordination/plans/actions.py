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
        network = lock_network(network)
        if not actor.has_perm("coordination.coordinate_network", network):
            raise PermissionDenied
        plan = NetworkPlan(network=network, written_by=actor)
        set_values(plan, values)
        plan.save()
        record(network, "coordination.network.begin_plan", actor=actor)
        index(plan)
        _tell_shown(plan)
    return plan


def save_plan(plan: NetworkPlan, *, actor: User, version: int, values: Mapping[str, Any]) -> NetworkPlan:
    """Change a plan. Raises WrongState where it changed meanwhile, DomainError where steps fall out."""
    with transaction.atomic():
        plan = _lock_plan(plan, actor, version)
        was = plan.shown_to
        changed = set_values(plan, values)
        steps = PlanStep.objects.filter(goal__plan=plan)
        if steps.filter(starts_on__lt=plan.starts_on).exists():
            raise _field_error("starts_on", _("Something in the plan begins before this day."))
        if steps.filter(ends_on__gt=plan.ends_on).exists():
            raise _field_error("ends_on", _("Something in the plan ends after this day."))
        if changed:
            _write(plan)
            record(plan, "coordination.networkplan.change", actor=actor, fields=", ".join(sorted(changed)))
            if was != plan.shown_to:
                _tell_shown(plan)
    return plan


def save_goal(
    plan: NetworkPlan, goal: PlanGoal | None, *, actor: User, version: int, values: Mapping[str, Any]
) -> PlanGoal:
    """Add an objective, or change one."""
    with transaction.atomic():
        plan = _lock_plan(plan, actor, version)
        if goal is None and plan.goals.count() >= MOST_GOALS:
            raise _field_error(
                "title", _("A plan can contain at most %(most)s objectives.") % {"most": MOST_GOALS}
            )
        stored_goal = (
            PlanGoal(plan=plan) if goal is None else _require_row(plan.goals.filter(pk=goal.pk).first())
        )
        set_values(stored_goal, values)
        stored_goal.save()
        _write(plan)
        record(plan, f"coordination.networkplan.{'add' if goal is None else 'change'}_goal", actor=actor)
    return stored_goal


def remove_goal(goal: PlanGoal, *, actor: User, version: int) -> None:
    """Remove an objective without steps."""
    with transaction.atomic():
        plan = _lock_plan(goal.plan, actor, version)
        goal = _require_row(plan.goals.filter(pk=goal.pk).first())
        if goal.steps.exists():
            raise WrongState(_("It still contains planned activities. Remove them first."))
        goal.delete()
        _write(plan)
        record(plan, "coordination.networkplan.remove_goal", actor=actor)


def save_step(
    goal: PlanGoal,
    step: PlanStep | None,
    *,
    actor: User,
    version: int,
    values: Mapping[str, Any],
    responsible: Iterable[Stakeholder],
) -> PlanStep:
    """Add a step under an objective, or change one. Only members of the network are responsible.

    The State party, where `values` name one, is the desk's to name.
    """
    with transaction.atomic():
        plan = _lock_plan(goal.plan, actor, version)
        if not {"state", "state_id"}.isdisjoint(values) and not actor.has_perm("coordination.run_networks"):
            raise PermissionDenied
        if step is None and goal.steps.count() >= MOST_STEPS:
            raise _field_error(
                "title", _("An objective can contain at most %(most)s of them.") % {"most": MOST_STEPS}
            )
        stored_step = (
            PlanStep(goal=goal) if step is None else _require_row(goal.steps.filter(pk=step.pk).first())
        )
        changed = set_values(stored_step, values)
        _refuse_outside(stored_step, plan)
        chosen = {stakeholder.pk for stakeholder in responsible}
        before = set() if step is None else set(stored_step.responsible.values_list("pk", flat=True))
        members = NetworkMember.objects.filter(network=plan.network, status=MemberStatus.IN)
        if not chosen - before <= set(members.values_list("stakeholder_id", flat=True)):
            raise _field_error("responsible", _("Choose members of the network."))
        stored_step.updated_at = now()
        stored_step.save()
        if chosen != before:
            stored_step.responsible.set(chosen)
            changed.append("responsible")
        _write(plan)
        if step is None:
            record(plan, "coordination.networkplan.add_step", actor=actor)
        elif changed:
            record(
                stored_step, "coordination.planstep.change", actor=actor, fields=", ".join(sorted(changed))
            )
    return stored_step


def remove_step(step: PlanStep, *, actor: User, version: int) -> None:
    """Remove a step that has not begun; a later one is given up, so that its history stays."""
    with transaction.atomic():
        plan = _lock_plan(step.goal.plan, actor, version)
        step = _require_row(PlanStep.objects.select_for_update().filter(pk=step.pk).first())
        if step.status != StepStatus.PLANNED:
            raise WrongState(_("It has begun. It can be abandoned, with a reason."))
        step.delete()
        _write(plan)
        record(plan, "coordination.networkplan.remove_step", actor=actor)


def act(step: PlanStep, name: str, *, actor: User, note: str = "") -> PlanStep:
    """Start, finish, give up or resume a step."""
    with transaction.atomic():
        rows = PlanStep.objects.select_for_update(no_key=True, of=("self",))
        step = rows.select_related("goal__plan__network").get(pk=step.pk)
        move(step, name, actor=actor, note=clean_block(note))
        plan = step.goal.plan
        if name == "finish" and plan.shown_to == Shown.PUBLIC:
            tell(
                "coordination.network_step_done",
                step,
                key=f"{step.pk}:{now():%Y%m%d%H%M%S%f}",
                terms=[f"network:{plan.network_id}"],
                url_name="networks:step",
                url_args=[step.pk],
                facts={"network": plan.network.name, "title": step.title},
            )
    return step


def _lock_plan(plan: NetworkPlan, actor: User, version: int) -> NetworkPlan:
    rows = NetworkPlan.objects.select_for_update(no_key=True, of=("self",)).select_related("network")
    plan = rows.get(pk=plan.pk)
    if not actor.has_perm("coordination.coordinate_network", plan.network):
        raise PermissionDenied
    refuse_changed(plan, version)
    return plan


def _write(plan: NetworkPlan) -> None:
    plan.version += 1
    plan.updated_at = now()
    plan.save()
    index(plan)


def _require_row[Row](row: Row | None) -> Row:
    if row is None:
        raise WrongState(_("A colleague has taken this out meanwhile."))
    return row


def _refuse_outside(step: PlanStep, plan: NetworkPlan) -> None:
    if step.starts_on < plan.starts_on:
        raise _field_error("starts_on", _("That is before the plan begins."))
    if step.ends_on > plan.ends_on:
        raise _field_error("ends_on", _("That is after the plan ends."))


def _field_error(field: str, message: str) -> DomainError:
    return DomainError(message, fields={field: message})


def _tell_shown(plan: NetworkPlan) -> None:
    """Tell followers of a plan that everybody may read, once for each plan."""
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
