"""What the demonstration adds to networks. Everything begins with "Demo"."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from coordination.actions import network_members as members
from coordination.actions import network_plans as plans
from coordination.actions import networks
from coordination.enums.networks import NetworkRole
from coordination.models import Network
from coordination.network_seed import load_networks
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder

NAME = "Demo Alliance of Coastal Watch Groups"


def load_demo_networks(people: dict[str, Any]) -> None:
    """Safe to run twice."""
    load_networks()
    led = Membership.objects.filter(
        stakeholder__is_demo=True, stakeholder__status=Status.ACTIVE, role=MemberRole.ADMIN
    )
    acting = {row.stakeholder_id: row for row in led.select_related("stakeholder", "user").order_by("-pk")}
    watch = Stakeholder.objects.filter(name="Demo Coastal Watch").first()
    if watch is None or watch.pk not in acting or Network.objects.filter(is_demo=True).exists():
        return
    network = networks.begin_network(
        actor=people["curation"],
        values={
            "kind": "nacsa4u",
            "name": NAME,
            "language_id": "en",
            "country_id": "KEN",
            "about": "Demo: groups that watch a coast which is made up, and plan their work together.",
        },
    )
    coordinator = acting[watch.pk].user
    first = members.invite(
        network, watch, actor=people["curation"], role=NetworkRole.COORDINATOR, why="Demo: please coordinate."
    )
    members.act(first, "agree", actor=coordinator)
    for row in list(acting.values())[:4]:
        if row.stakeholder_id == watch.pk:
            continue
        asked = members.ask_to_join(
            network, row.stakeholder, actor=row.user, role=NetworkRole.MEMBER, why="Demo: we watch, too."
        )
        if row.user != coordinator:
            members.act(asked, "accept", actor=coordinator)
    _plan(network, watch, coordinator)


def _plan(network: Network, watch: Stakeholder, coordinator: Any) -> None:
    first = localdate().replace(day=1) - timedelta(days=60)
    plan = plans.begin_plan(
        network,
        actor=coordinator,
        values={
            "kind": "work",
            "title": "Demo work plan",
            "about": "Demo: a year of watching together.",
            "language_id": "en",
            "starts_on": first,
            "ends_on": first + timedelta(days=365),
            "shown_to": "public",
        },
    )
    wanted = (
        (
            "Demo: know what happens along the coast",
            (
                ("Demo: agree on what is counted", 0, 45, "finish"),
                ("Demo: count for six months", 45, 230, "start"),
            ),
        ),
        (
            "Demo: be heard in the review",
            (
                ("Demo: write down what was counted", 230, 300, ""),
                ("Demo: meet the focal point", 290, 330, ""),
            ),
        ),
    )
    for position, (title, steps) in enumerate(wanted, start=1):
        plan.refresh_from_db()
        goal = plans.save_goal(
            plan, None, actor=coordinator, version=plan.version, values={"title": title, "position": position}
        )
        for name, begins, ends, how in steps:
            plan.refresh_from_db()
            step = plans.save_step(
                goal,
                None,
                actor=coordinator,
                version=plan.version,
                values={
                    "title": name,
                    "starts_on": first + timedelta(days=begins),
                    "ends_on": first + timedelta(days=ends),
                },
                responsible=[watch],
            )
            if how:
                plans.act(step, how, actor=coordinator)
