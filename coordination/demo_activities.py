"""What the demonstration adds for regional focal points. Everything begins with "Demo"."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from coordination.actions import activities as act
from coordination.actions.follow_ups import give
from coordination.actions.period_reports import write
from coordination.models import Activity
from coordination.queries.activities import own_places
from coordination.queries.period_reports import places_for
from stakeholders.appointments.models import today
from stakeholders.recommendations.queries import stakeholders_in

ZONE = "Africa/Nairobi"


def load_demo_activities(people: dict[str, Any]) -> None:
    """Safe to run twice."""
    rosa = people.get("regional")
    if rosa is None or Activity.objects.filter(is_demo=True).exists():
        return
    covered = dict(own_places(rosa))
    countries: list[str] = [code for code in ("KEN", "UGA") if code in covered]
    if not countries:
        return
    training = act.plan(
        actor=rosa, values=_values("training", "Demo Training on the Review Mechanism", -20, countries)
    )
    act.involve(
        training,
        list(stakeholders_in(rosa).filter(is_demo=True).values_list("pk", flat=True)[:3]),
        actor=rosa,
    )
    act.report(
        training,
        actor=rosa,
        version=training.version,
        took_part=31,
        outcome="Demo: three organizations will contribute to the next call.",
    )
    act.add_note(training, actor=rosa, text="Demo: the room was too small.", is_shared=True)
    give(training, actor=rosa, text="Demo: send the slides", owner=rosa, due_on=today() + timedelta(days=5))
    call = _values("meeting", "Demo Call with organizations at the coast", 9, countries[:1])
    act.plan(actor=rosa, values={**call, "mode": "online", "city": "", "sharing": "own"})
    act.plan(actor=rosa, values=_values("visit", "Demo Visit to organizations at the coast", 30, countries))
    place = places_for(rosa)[0][0]
    write(
        actor=rosa,
        values={
            "place": place,
            "title": "Demo Report on the last thirty days",
            "language_id": "en",
            "first_day": today() - timedelta(days=30),
            "last_day": today(),
            "other_first_day": today() - timedelta(days=61),
            "other_last_day": today() - timedelta(days=31),
            "narrative": "Demo: one training was held, and three organizations took part.",
        },
    )


def _values(kind: str, title: str, days: int, countries: list[str]) -> dict[str, Any]:
    """Nine to noon in Nairobi, so many days from today."""
    starts = datetime.combine(today() + timedelta(days=days), time(9), ZoneInfo(ZONE))
    return {
        "kind": kind,
        "title": title,
        "purpose": "Demo: to show what is written down of an activity.",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=3),
        "whole_days": False,
        "zone": ZONE,
        "mode": "in_person",
        "city": "Nairobi",
        "venue": "",
        "countries": countries,
        "topics": [],
        "others": "",
        "sharing": "region",
    }
