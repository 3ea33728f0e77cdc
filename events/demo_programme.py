"""What the demonstration adds to its congress: rooms, official items and a released programme of meetings."""

from datetime import timedelta
from typing import Any

from django.db.models import Max
from django.utils.timezone import now

from events.board.actions import WantedPlace, place
from events.board.actions_releasing import release
from events.board.queries import days_of, instants, programme_to_plan
from events.events.models import Event
from events.programme.models import OfficialItem, Programme, Room
from events.proposals.models import Proposal, ProposalRound, Speaker
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder

ROOMS: tuple[tuple[str, int, tuple[Any, ...]], ...] = (
    ("Demo Hall", 200, ("ar", "en", "fr")),
    ("Demo Room Blue", 60, ("en",)),
    ("Demo Room Green", 40, ()),
)
# title, language, expected
MEETINGS = (
    ("Demo: following the money of illegal fishing", "en", 40),
    ("Demo: young people against recruitment", "en", 60),
    ("Demo: les forêts et l'état de droit", "fr", 35),
    ("Demo: protecting those who report", "en", 80),
    ("تجريبي: مكافحة الجريمة المنظمة في البحر", "ar", 50),
    ("Demo: firearms at borders", "en", 30),
)


def load_demo_programme(people: dict[str, Any]) -> None:
    """Load the programme once, if there is the demonstration's congress; a second call changes nothing."""
    event = Event.objects.filter(is_demo=True, has_programme=True, status="published").first()
    if event is None or event.rooms.exists():
        return
    desk = people["events"]
    ProposalRound.objects.get_or_create(
        event=event,
        defaults={"opens_at": now() - timedelta(days=90), "closes_at": now() - timedelta(days=30)},
    )
    rooms = []
    for position, (name, seats, languages) in enumerate(ROOMS):
        room = Room.objects.create(event=event, name=name, capacity=seats, position=position)
        room.interpretation.set(languages)
        rooms.append(room)
    days, hours = days_of(event), programme_to_plan(event).hours
    opening = instants(event, days[0], *hours[0])
    OfficialItem.objects.create(
        event=event,
        title="Demo: opening of the Congress",
        place="Demo Plenary",
        keeps_free=True,
        starts_at=opening[0],
        ends_at=opening[1],
        translations={
            "fr": {"title": "Demo : ouverture du Congrès"},
            "ar": {"title": "تجريبي: افتتاح المؤتمر"},
        },
    )
    leads = list(Stakeholder.objects.filter(name__startswith="Demo", status=Status.ACTIVE).order_by("pk"))
    for n, (title, language, expected) in enumerate(MEETINGS if leads else ()):
        meeting = _meeting(event, leads[n % len(leads)], title, language, expected)
        starts, ends = instants(event, days[n // 3 % len(days)], *hours[1 + n // 3 % (len(hours) - 1)])
        place(WantedPlace(meeting, rooms[n % 3], starts, ends), actor=desk)
    Programme.objects.filter(event=event).update(locks_at=(event.starts_at or now()) - timedelta(days=30))
    release(event, actor=desk, known_version=0, note="Demo: the first version.")


def _meeting(event: Event, lead: Stakeholder, title: str, language: str, expected: int) -> Proposal:
    highest = Proposal.objects.filter(event=event).aggregate(n=Max("number"))["n"] or 0
    meeting = Proposal.objects.create(
        event=event,
        lead=lead,
        status="accepted",
        number=highest + 1,
        title=title,
        language_id=language,
        summary="Demo: made up to show a meeting.",
        mode="in_person",
        expected=expected,
        theme_id="corruption",
        submitted_at=now(),
        authorized_at=now(),
        decided_at=now(),
        logos_agreed=True,
    )
    Speaker.objects.create(
        proposal=meeting, name=f"Demo Speaker {highest + 1}", role="chair", status="confirmed"
    )
    return meeting
