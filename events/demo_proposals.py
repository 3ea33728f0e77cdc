"""What the demonstration adds: a session with an open round, one proposal sent and one being written."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from core.local_times import last_minute_of
from events.events.models import Event
from events.organizers import actions as organizers_actions
from events.proposals import actions as proposals_actions
from events.proposals.models import ProposalRound
from stakeholders.entries.models import Stakeholder

CODE = "demo-session-with-proposals"


def load_demo_proposals(people: dict[str, Any]) -> None:
    """Load the session and its proposals once; a second call changes nothing."""
    admin = people["admin"]
    lead = (
        Stakeholder.objects.filter(is_demo=True, memberships__user=admin, status="active")
        .order_by("pk")
        .first()
    )
    if lead is None or Event.objects.filter(code=CODE).exists():
        return
    day = now().astimezone(ZoneInfo("Europe/Vienna")).replace(hour=0, minute=0, second=0, microsecond=0)
    event = Event.objects.create(
        code=CODE,
        kind="conference",
        title="Demo: Session of a Conference",
        language_id="en",
        about="Demo: made up to show how meetings are proposed.",
        status="published",
        published_at=now(),
        starts_at=day + timedelta(days=90),
        ends_at=day + timedelta(days=95),
        whole_days=True,
        city="Vienna",
        has_programme=True,
        is_demo=True,
    )
    rules = ProposalRound.objects.create(
        event=event,
        opens_at=now() - timedelta(days=10),
        closes_at=last_minute_of(day.date() + timedelta(days=30)),
        edits_until=last_minute_of(day.date() + timedelta(days=60)),
        marks_from=day + timedelta(days=31),
        marks_until=last_minute_of(day.date() + timedelta(days=45)),
        guidance="Demo: organizations of the directory may propose one meeting each.",
        preference="Demo: joint proposals of several regions come first.",
    )
    for position, (name, weight) in enumerate((("Relevance", 3), ("Regional balance", 2), ("Clarity", 1)), 1):
        rules.criteria.create(position=position, name=f"Demo: {name}", weight=weight)
    proposal = proposals_actions.begin(event, lead, actor=admin)
    proposals_actions.save(
        proposal,
        actor=admin,
        version=proposal.version,
        values={
            "title": "Demo: Ports and people",
            "summary": "Demo: what ports can do, shown by three of them.",
            "language_id": "en",
            "theme_id": "trafficking-in-persons",
            "mode": "in_person",
            "spoken": ["en", "fr"],
            "mission_informed": True,
            "logos_agreed": True,
            "expected": 60,
        },
        speakers=[{"name": "Demo Speaker", "role": "presenter", "affiliation": "Demo: Port authority"}],
    )
    others = Stakeholder.objects.visible_to(admin).filter(
        is_demo=True, status="active", memberships__role="admin"
    )
    other = others.exclude(pk=lead.pk).order_by("pk").first()
    if other is not None:
        organizers_actions.invite(proposal, other, actor=admin)
    proposals_actions.submit(proposal, actor=admin)
