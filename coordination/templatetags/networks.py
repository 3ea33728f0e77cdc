"""How steps of a plan look. None of these asks the database."""

from django import template

from coordination.networks.enums import MemberStatus, StepStatus
from coordination.networks.models_parts import PlanStep

register = template.Library()
LOOKS = {"planned": "quiet", "under_way": "info", "done": "done", "dropped": "refused"}


@register.filter
def step_look(step: PlanStep) -> str:
    return LOOKS[step.status]


@register.filter
def status_look(status: str) -> str:
    return LOOKS[status]


@register.filter
def step_status(code: str) -> str:
    return str(StepStatus(code).label)


@register.filter
def member_status(code: str) -> str:
    return str(MemberStatus(code).label)
