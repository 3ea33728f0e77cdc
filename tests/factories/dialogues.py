"""Dialogues and applications to them for tests.

DialogueFactory(): one that takes applications, with one topic. applied(dialogue, …): an application that was
sent to these dialogues, and its applicant; line_in(state): a line in that state.
close(dialogue): no more applications come in.
"""

from datetime import timedelta
from typing import Any

import factory
from django.utils.timezone import localdate, now

from accounts.people.models import User
from reviews.dialogue_applications import actions as dialogue_applications_actions
from reviews.dialogues.models import Dialogue, DialogueApplication, DialogueLine
from stakeholders.entries.models import Stakeholder
from taxonomy.terms.models import Topic
from tests.factories.events import EventFactory
from tests.factories.stakeholders import StakeholderFactory, member_of


class DialogueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dialogue
        skip_postgeneration_save = True

    event = factory.SubFactory(EventFactory, kind="dialogue", mode="hybrid", has_programme=False)
    call_text = "Tell us what you know."
    language_id = "en"
    opens_at = factory.LazyFunction(lambda: now() - timedelta(days=5))
    closes_at = factory.LazyFunction(lambda: now() + timedelta(days=20))
    promised_on = factory.LazyFunction(lambda: localdate() + timedelta(days=40))
    term = "Dialogues do not deal with named countries."

    @factory.post_generation
    def topics(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        if create:
            self.event.topics.set(extracted or [Topic.objects.in_order().first()])


def draft_to(
    *dialogues: Dialogue, stakeholder: Stakeholder | None = None, applicant: User | None = None, **fields: Any
) -> tuple[DialogueApplication, User]:
    """A draft that can be sent."""
    stakeholder = stakeholder or StakeholderFactory(mission="We protect victims.")
    applicant = applicant or member_of(stakeholder)
    application = dialogue_applications_actions.begin(stakeholder, actor=applicant)
    topics = {topic.pk for dialogue in dialogues for topic in dialogue.event.topics.all()}
    values = {"mode": "online", "language_id": "en", "shares_with_bureau": True} | fields
    saved = dialogue_applications_actions.save(
        application,
        actor=applicant,
        version=application.version,
        dialogues=[dialogue.pk for dialogue in dialogues],
        expertise=dict.fromkeys(topics, "We have worked on this for ten years."),
        **values,
    )
    return saved, applicant


def applied(*dialogues: Dialogue, **how: Any) -> tuple[DialogueApplication, User]:
    application, applicant = draft_to(*dialogues, **how)
    return dialogue_applications_actions.submit(application, actor=applicant)[0], applicant


def line_in(state: str, dialogue: Dialogue | None = None, **how: Any) -> DialogueLine:
    """A line in that state, with what the state asks for."""
    dialogue = dialogue or DialogueFactory()
    application, _applicant = draft_to(dialogue, **how) if state == "draft" else applied(dialogue, **how)
    fields: dict[str, Any] = {"status": state}
    if state == "waiting":
        fields["queued_at"] = now()
    application.lines.update(**fields)
    line: DialogueLine = application.lines.select_related(
        "application__applicant", "application__stakeholder", "dialogue__event"
    ).get()
    return line


def close(dialogue: Dialogue) -> Dialogue:
    """The same, with its applications closed: decisions can be released."""
    Dialogue.objects.filter(pk=dialogue.pk).update(closes_at=now() - timedelta(minutes=1))
    dialogue.refresh_from_db()
    return dialogue


def with_bureau(dialogue: Dialogue, number: int = 3) -> list[DialogueLine]:
    """So many lines that are with the Extended Bureau."""
    return [line_in("with_bureau", dialogue) for _number in range(number)]
