"""A programme for tests.

programme_event(): a published congress of three days from 3 May of next year in Vienna. RoomFactory(event=…).
meeting_at(event, room, "09:00"): an accepted meeting for an hour of the first day; without a room not placed.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import factory

from events.events.models import Event
from events.programme.models import OfficialItem, Placement, Room
from events.proposals.models import Proposal
from tests.days import NEXT_YEAR
from tests.factories.events import EventFactory, proposal_in

VIENNA = ZoneInfo("Europe/Vienna")


def at(hour: str, day: int = 3) -> datetime:
    """That hour in Vienna on a day of May of next year, in UTC."""
    return datetime.fromisoformat(f"{NEXT_YEAR}-05-{day:02}T{hour}").replace(tzinfo=VIENNA).astimezone(UTC)


def programme_event(**fields: Any) -> Event:
    fields = {
        "title": "Congress",
        "starts_at": at("08:00"),
        "ends_at": at("20:00", 5),
        "venue": "Centre",
        **fields,
    }
    return EventFactory(**fields)


class RoomFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Room

    event = factory.LazyFunction(programme_event)
    name = factory.Sequence(lambda n: f"Room {n}")
    position = factory.Sequence(lambda n: n)
    capacity = 100


class OfficialFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfficialItem

    event = factory.LazyFunction(programme_event)
    title = "Plenary"
    starts_at = factory.LazyFunction(lambda: at("10:00"))
    ends_at = factory.LazyFunction(lambda: at("13:00"))


def meeting_at(
    event: Event, room: Room | None, hour: str = "09:00", *, day: int = 3, minutes: int = 60, **fields: Any
) -> Proposal:
    number = fields.pop("number", None) or Proposal.objects.filter(event=event).count() + 1
    meeting = proposal_in("accepted", event=event, number=number, **fields)
    if room is not None:
        starts = at(hour, day)
        Placement.objects.create(
            proposal=meeting, room=room, starts_at=starts, ends_at=starts + timedelta(minutes=minutes)
        )
    return meeting
