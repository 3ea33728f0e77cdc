"""Coordination in the access table: networks, which "own" coordinates, terms, and what was reported."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from coordination.models import (
    Absence,
    Announcement,
    Deputy,
    Enquiry,
    HandOver,
    Named,
    NetworkDocument,
    NetworkMeeting,
)
from stakeholders.models import today
from tests.factories.networks import NetworkFactory, NetworkMemberFactory, PlanFactory, step_in
from tests.factories.regional import appointed
from tests.factories.resources import ResourceFactory


def things_of_coordination(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return _networks(of) | _terms(of)


def _networks(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    network, own = NetworkFactory(), of["own"]
    NetworkMemberFactory(network=network, stakeholder=own, role="coordinator")
    other = of["other"].memberships.get().stakeholder
    asks = NetworkMemberFactory(network=network, stakeholder=other, status="asked", joined_at=None)
    plan = PlanFactory(network=network)
    step = step_in(plan, own)
    said = Announcement.objects.create(network=network, title="Soon", text="We meet.", language_id="en")
    meeting = NetworkMeeting.objects.create(network=network, title="First", held_on=today())
    document = NetworkDocument.objects.create(network=network, resource=ResourceFactory())
    return {
        "network": {"pk": network.pk, "slug": network.slug},
        "network-end": {"pk": network.pk, "name": "end"},
        "network-asks": {"pk": asks.pk},
        "network-asks-move": {"pk": asks.pk, "name": "accept"},
        "network-plan": {"pk": plan.pk},
        "network-goal": {"pk": plan.pk, "one": step.goal_id},
        "network-step": {"pk": step.pk},
        "network-step-move": {"pk": step.pk, "name": "start"},
        "network-announcement": {"pk": said.pk},
        "network-meeting": {"pk": meeting.pk},
        "network-document": {"pk": document.pk},
    }


def _terms(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A term whose person agreed to be named; "regional" stands in during an absence."""
    term, day = appointed(regions=["002"]), today()
    Named.objects.create(user=term.user)
    Deputy.objects.create(appointment=term, user=of["regional"])
    absence = Absence.objects.create(
        appointment=term, deputy=of["regional"], starts_on=day + timedelta(days=9),
        ends_on=day + timedelta(days=12),
    )  # fmt: skip
    asked = Enquiry.objects.create(appointment=term, sender=of["owner"], subject="Who?")
    over = appointed(regions=["002"])
    given = HandOver.objects.create(
        appointment=over, successor=of["regional"], ends_on=day + timedelta(days=90), done_at=now(),
        next_appointment=of["regional"].appointments.first(),
    )  # fmt: skip
    return {
        "term": {"pk": term.pk},
        "term-step": {"pk": term.pk, "step": "who"},
        "regionals-term": {"pk": of["regional"].appointments.first().pk},
        "regionals-absence": {"pk": absence.pk},
        "owners-enquiry": {"pk": asked.pk},
        "regionals-hand-over": {"pk": given.pk},
        "report-log": {"form": "csv"},
    }
