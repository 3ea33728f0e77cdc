"""Networks for tests.

NetworkFactory(): a thematic network that takes requests. member_in(network, role=…): a stakeholder in it,
with `.person`, who administers it. PlanFactory(): a plan of this year. step_in(plan): an activity under a new
objective.
"""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils.timezone import localdate, now

from coordination.networks.enums import NetworkRole
from coordination.networks.models import Network, NetworkMember
from coordination.networks.models_parts import NetworkPlan, PlanGoal, PlanStep
from stakeholders.entries.models import Stakeholder
from tests.factories.stakeholders import StakeholderFactory, member_of


class NetworkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Network

    kind = "thematic"
    name = factory.Sequence(lambda n: f"Network number {n}")
    about = "What it does."
    language_id = "en"


class NetworkMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NetworkMember

    network = factory.SubFactory(NetworkFactory)
    stakeholder = factory.SubFactory(StakeholderFactory)
    status = "in"
    joined_at = factory.LazyFunction(now)


def member_in(network: Network, role: str = NetworkRole.MEMBER, **fields: Any) -> Any:
    """The membership; `.person` administers its stakeholder."""
    stakeholder: Stakeholder = StakeholderFactory(**fields)
    row: Any = NetworkMemberFactory(network=network, stakeholder=stakeholder, role=role)
    row.person = member_of(stakeholder)
    return row


class PlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NetworkPlan

    network = factory.SubFactory(NetworkFactory)
    title = factory.Sequence(lambda n: f"Plan number {n}")
    language_id = "en"
    starts_on = factory.LazyFunction(lambda: localdate() - timedelta(days=100))
    ends_on = factory.LazyFunction(lambda: localdate() + timedelta(days=264))


def step_in(plan: NetworkPlan, *responsible: Stakeholder, **fields: Any) -> PlanStep:
    goal = fields.pop("goal", None) or PlanGoal.objects.create(plan=plan, title="An objective")
    first: date = fields.pop("starts_on", plan.starts_on)
    last: date = fields.pop("ends_on", plan.ends_on)
    step = PlanStep.objects.create(goal=goal, **{"title": "A step", **fields}, starts_on=first, ends_on=last)
    step.responsible.set(responsible)
    return step
