"""Surveys for tests.

question_set(): a set with a question of each kind. survey_of(12): an open survey about an event that so many
people attended. invited(survey): [(person, link)] after its invitations were written.
"""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from accounts.people.enums import Role
from coordination.surveys import actions, actions_clock
from coordination.surveys.models import QuestionSet, Survey, SurveyQuestion, SurveyTask
from events.registrations.models import Registration
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory, person_with
from tests.factories.events import EventFactory
from tests.factories.registrations import RegistrationFactory, RulesFactory

RIDER = {"ar": {"text": "كيف كان التدريب؟", "options": "ضعيف\nممتاز"}}


def question_set(name: str = "After a training") -> QuestionSet:
    row, is_new = QuestionSet.objects.get_or_create(name=name)
    if not is_new:
        return row
    questions: list[dict[str, Any]] = [
        {"kind": "scale", "text": "How was it?", "options": "Poor\nExcellent", "is_required": True}
        | {"translations": RIDER},
        {"kind": "choice", "text": "Was it too long?", "options": "Too short\nJust right\nToo long"},
        {"kind": "choices", "text": "What did you use?", "options": "Slides\nHandouts\nNothing"},
        {"kind": "matrix", "text": "Rate:", "rows": "Room\nSpeakers", "options": "Poor\nExcellent"},
        {"kind": "text", "text": "What should change?"},
    ]
    for position, fields in enumerate(questions):
        SurveyQuestion.objects.create(question_set=row, position=position, **fields)
    return row


def held_event(number: int, **fields: Any) -> Any:
    """An event of yesterday that so many people attended."""
    ended = now() - timedelta(days=1)
    event = EventFactory(kind="training", starts_at=ended - timedelta(hours=5), ends_at=ended, **fields)
    rules = RulesFactory(event=event)
    for _number in range(number):
        attended(rules)
    return event


def attended(rules: Any, **fields: Any) -> Registration:
    row: Registration = RegistrationFactory(
        rules=rules, user=UserFactory(), status="confirmed", attended_at=now() - timedelta(days=1), **fields
    )
    return row


def turn_on() -> Any:
    runner = person_with(Role.EVENTS)
    actions.hold_task(actor=runner)
    SurveyTask.objects.update(since=now() - timedelta(days=30))
    return runner


def survey_of(number: int = 12, **fields: Any) -> Survey:
    values: dict[str, Any] = {
        "question_set": fields.pop("question_set", None) or question_set(),
        "title": "The training",
        "opens_at": now() - timedelta(hours=1),
        "closes_at": now() + timedelta(days=10),
        **fields,
    }
    if not {"event", "network", "call"} & set(values):
        values["event"] = held_event(number)
    return Survey.objects.create(**values)


def links_of(survey: Survey, kind: str = actions_clock.INVITED) -> list[tuple[Any, str]]:
    """Return who got mail of this kind about the survey, and the link in it."""
    rows = Message.objects.filter(kind=kind, subject_id=survey.pk).select_related("user").order_by("pk")
    return [(message.user, message.url) for message in rows]


def invited(survey: Survey) -> list[tuple[Any, str]]:
    actions_clock.invite(survey)
    survey.refresh_from_db()
    return links_of(survey)


def filled(survey: Survey, mark: int = 4, text: str = "") -> dict[str, Any]:
    """What is posted to the page of a survey."""
    scale, choice, choices, matrix, words = (row.pk for row in survey.question_set.questions.all())
    return {
        f"q{scale}": str(mark),
        f"q{choice}": "2",
        f"q{choices}": ["1", "2"],
        f"q{matrix}_1": "3",
        f"q{words}": text,
    }
