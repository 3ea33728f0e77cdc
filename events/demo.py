"""What the demonstration adds to the calendar. Everything begins with "Demo"."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate, now

from events.events.actions import draft_event, publish_event, submit_event
from events.events.models import Event
from events.registration_desk.actions import count_in, save_rules
from events.registrations.actions import register
from events.registrations.actions_clock import issue_certificates
from events.registrations.models import RegistrationRules
from events.seed import load_events
from stakeholders.entries.models import Stakeholder

PROGRAMME = "Demo Congress on Crime Prevention"


def load_demo_calendar(people: dict[str, Any]) -> None:
    """Load the demonstration's events once; a second call changes nothing."""
    load_events()
    if Event.objects.filter(is_demo=True).exists():
        return
    _of_the_desk(people["events"], people)
    watch = Stakeholder.objects.filter(name="Demo Coastal Watch").first()
    if watch is not None:
        _of_a_stakeholder(watch, people)


def _of_the_desk(desk: Any, people: dict[str, Any]) -> None:
    congress = draft_event(
        actor=desk,
        values={
            **_when(days=75, lasts=5),
            "kind": "congress",
            "body_id": "CONGRESS",
            "title": PROGRAMME,
            "language_id": "en",
            "about": "Demo: a congress made up to show the calendar.",
            "mode": "hybrid",
            "city": "Vienna",
            "country_id": "AUT",
            "venue": "Demo Conference Centre",
            "has_programme": True,
            "meeting_word": "ancillary",
            "languages": ["en", "fr", "ar"],
            "topics": ["corruption", "cybercrime"],
        },
    )
    publish_event(congress, actor=desk)
    webinar = draft_event(
        actor=desk,
        values={
            **_when(days=12, at="14:00", until="15:30"),
            "kind": "webinar",
            "title": "Demo webinar: how to take part in the review",
            "language_id": "en",
            "about": "Demo: an hour and a half for newcomers.",
            "mode": "online",
            "languages": ["en", "es"],
            "topics": ["firearms"],
        },
    )
    publish_event(webinar, actor=desk)
    _registration_for(webinar, desk, people)
    _held_training(desk, people)


def _registration_for(event: Event, desk: Any, people: dict[str, Any]) -> None:
    """As few places as people who have them, so that the others stand on the waiting list."""
    everybody = list({person.pk: person for person in people.values() if person.is_demo}.values())
    seats = max(1, len(everybody) // 2)
    rules = RegistrationRules(
        event=event,
        opens_at=now(),
        closes_at=event.starts_at,
        seats_online=seats,
        guidance="Demo: registration for a webinar that does not take place.",
    )
    save_rules(rules, actor=desk, fields=["admission", "seats_online"])
    question = rules.questions.create(position=1, text="Demo: what do you want to learn?")
    rules.reminders.create(days=-1, hour=9)
    for n, person in enumerate(everybody):
        register(
            rules,
            actor=person,
            mode="online",
            shown="everyone" if n % 2 else "nobody",
            answers={question.pk: "Demo: how a review goes."},
        )


def _held_training(desk: Any, people: dict[str, Any]) -> None:
    """A training of last week, with certificates of attendance for who was checked in."""
    training = draft_event(
        actor=desk,
        values={
            **_when(days=7, at="09:00", until="13:00"),
            "kind": "training",
            "title": "Demo training: reading the Convention",
            "language_id": "en",
            "about": "Demo: a training that was held online.",
            "mode": "online",
            "languages": ["en"],
            "topics": ["firearms"],
        },
    )
    publish_event(training, actor=desk)
    rules = RegistrationRules(
        event=training, opens_at=now(), closes_at=training.starts_at, gives_certificate=True
    )
    save_rules(rules, actor=desk, fields=["admission", "gives_certificate"])
    for person in [people[name] for name in ("admin", "editor") if name in people]:
        registration = register(rules, actor=person, mode="online")
        count_in(registration, actor=desk)
    last_week = _when(days=-7, at="09:00", until="13:00")
    held = {name: last_week[name] for name in ("starts_at", "ends_at")}
    Event.objects.filter(pk=training.pk).update(**held)
    rules.registrations.filter(attended_at__isnull=False).update(attended_at=held["starts_at"])
    RegistrationRules.objects.filter(pk=rules.pk).update(
        opens_at=held["starts_at"] - timedelta(days=20), closes_at=held["starts_at"]
    )
    issue_certificates()


def _of_a_stakeholder(watch: Stakeholder, people: dict[str, Any]) -> None:
    for title, days, is_public in (
        ("Demo training: watching the coast together", 30, True),
        ("Demo meeting of the coastal network", 45, False),
    ):
        event = draft_event(
            actor=people["admin"],
            organizer=watch,
            values={
                **_when(days=days, at="09:00", until="16:00", zone="Africa/Nairobi"),
                "kind": "training" if is_public else "network",
                "title": title,
                "language_id": "en",
                "about": "Demo: for everybody who works along the coast.",
                "mode": "in_person",
                "city": "Mombasa",
                "country_id": "KEN",
                "languages": ["en"],
                "topics": ["piracy-and-maritime-crime"],
            },
        )
        submit_event(event, actor=people["admin"])
        if is_public:
            publish_event(event, actor=people["events"])


def _when(
    *, days: int, lasts: int = 1, at: str = "", until: str = "", zone: str = "Europe/Vienna"
) -> dict[str, Any]:
    """Return start and end so many days from today: whole days, or hours in the zone."""
    clock = ZoneInfo(zone)
    first = localdate() + timedelta(days=days)
    last = first + timedelta(days=lasts - 1 if at else lasts)
    starts = datetime.combine(first, time.fromisoformat(at) if at else time(), clock)
    ends = datetime.combine(last, time.fromisoformat(until) if until else time(), clock)
    return {"starts_at": starts, "ends_at": ends, "whole_days": not at, "zone": zone}
