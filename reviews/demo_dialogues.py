"""What the demonstration adds to dialogues: two that take applications, one that was held."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate, now

from accounts.people.models import User
from events.events.models import Event
from reviews.demo_calls import end_of_day
from reviews.dialogue_applications import actions as dialogue_applications_actions
from reviews.dialogue_desk.actions import move_lines
from reviews.dialogue_desk.forms import TERM
from reviews.dialogues.actions import count_attendance, summarize, write_call
from reviews.dialogues.models import Dialogue
from stakeholders.entries.models import Stakeholder
from taxonomy.terms.models import Language

DAY = timedelta(days=1)
# title, topic, days until it begins
OPEN = (
    ("Demo dialogue: trafficking in persons", "trafficking-in-persons", 90),
    ("Demo dialogue: firearms", "firearms", 100),
)
HELD = ("Demo dialogue: smuggling of migrants", "smuggling-of-migrants", -120)


def load_demo_dialogues(people: dict[str, User]) -> None:
    """By the acts that real people would use, so that each history is true; safe to run twice."""
    if Dialogue.objects.filter(event__is_demo=True).exists():
        return
    desk = people["reviews"]
    first, second = (_write_call(desk, *row) for row in OPEN)
    _apply(people["admin"], "Demo Coastal Watch", first, second)
    forest = _apply(people["keeper"], "Demo Forest Guardians", first)
    move_lines(forest.lines.all(), "shortlist", actor=desk)
    held = _write_call(desk, *HELD)
    Dialogue.objects.filter(pk=held.pk).update(
        opens_at=now() - 200 * DAY, closes_at=now() - 170 * DAY, promised_on=localdate() - 140 * DAY
    )
    summarize(
        held,
        actor=desk,
        url="",
        summary="Demo: participants described how families are found again, and what slows it down.",
        outcomes="Demo: an invented meeting reads this summary.",
    )
    for number, who in ((65, "Demo secretariat"), (71, "Demo alliance of organizations")):
        count_attendance(
            held, actor=desk, what="Demo: stakeholders in the room and online", number=number, counted_by=who
        )


def _write_call(desk: User, title: str, topic: str, days: int) -> Dialogue:
    starts = (now() + days * DAY).replace(hour=8, minute=0, second=0, microsecond=0)
    event = Event.objects.create(
        kind="dialogue",
        title=title,
        language_id="en",
        status="published",
        published_at=now(),
        starts_at=starts,
        ends_at=starts + timedelta(hours=8),
        mode="hybrid",
        city="Vienna",
        country_id="AUT",
        is_demo=True,
        written_by=desk,
        about="Demo: made up to show the page.",
    )
    event.languages.set(Language.objects.filter(pk="en"))
    values: dict[str, Any] = {
        "call_text": "Demo: tell what you have seen yourself. States and stakeholders meet for one day.",
        "language_id": "en",
        "opens_at": now() - 10 * DAY,
        "closes_at": end_of_day(40),
        "promised_on": localdate() + 70 * DAY,
        "places": 40,
        "term": str(TERM),
    }
    return write_call(event, actor=desk, values=values, topics=[topic])


def _apply(person: User, name: str, *dialogues: Dialogue) -> Any:
    stakeholder = Stakeholder.objects.get(name=name)
    draft = dialogue_applications_actions.begin(stakeholder, actor=person)
    topics = {topic.pk for dialogue in dialogues for topic in dialogue.event.topics.all()}
    dialogue_applications_actions.save(
        draft,
        actor=person,
        version=draft.version,
        dialogues=[dialogue.pk for dialogue in dialogues],
        expertise=dict.fromkeys(topics, "Demo: we have worked on this for ten years."),
        mode="online",
        language_id="en",
        shares_with_bureau=True,
        wants_to_speak=True,
        speaking_about="Demo: what helps families.",
    )
    return dialogue_applications_actions.submit(draft, actor=person)[0]
