"""Calls and contributions for tests.

CallFactory(): an open call with two questions, the first required.
draft_for(call, stakeholder): a complete draft. sent_for(call, …): one that lies with the desk, made by the
portal's own acts. published_for(call, …): one that was published. RuleFactory(): a rule of screening.
"""

from datetime import timedelta
from typing import Any

import factory
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import User
from reviews.calls.enums import CallStatus
from reviews.calls.models import Call, Question
from reviews.contributions import actions as contributions_actions
from reviews.contributions.models import Contribution, ScreeningRule
from reviews.moderation import actions as moderation_actions
from stakeholders.entries.models import Stakeholder
from tests.factories.accounts import person_with
from tests.factories.stakeholders import StakeholderFactory, member_of


class CallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Call
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Call number {n}")
    guidance = "Tell what you know."
    language_id = "en"
    status = CallStatus.PUBLISHED
    opens_at = factory.LazyFunction(lambda: now() - timedelta(days=5))
    closes_at = factory.LazyFunction(lambda: now() + timedelta(days=30))
    published_at = factory.LazyFunction(now)

    @factory.post_generation
    def questions(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        if create:
            Question.objects.create(
                call=self, position=0, text="What works well?", is_required=True, most_words=100
            )
            Question.objects.create(call=self, position=1, text="What is missing?", most_words=20)


class RuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScreeningRule

    code = factory.Sequence(lambda n: f"rule_{n}")
    name_en = factory.Sequence(lambda n: f"Rule number {n}")
    text = "Say nothing that a court would forbid."


def draft_for(call: Call, stakeholder: Stakeholder | None = None, **fields: Any) -> tuple[Contribution, User]:
    """A draft that may be sent, and its author."""
    stakeholder = stakeholder or StakeholderFactory()
    author = member_of(stakeholder)
    contribution = contributions_actions.begin(call, stakeholder, actor=author)
    values = {"visibility": "public", "language": "en"} | fields
    first = call.questions.first()
    assert first is not None
    return (
        contributions_actions.save_answers(
            contribution,
            actor=author,
            version=contribution.version,
            answers={first.pk: "Courts hear victims."},
            **values,
        ),
        author,
    )


def sent_for(call: Call, stakeholder: Stakeholder | None = None, **fields: Any) -> tuple[Contribution, User]:
    contribution, author = draft_for(call, stakeholder, **fields)
    return contributions_actions.submit(contribution, actor=author)[0], author


def published_for(
    call: Call, stakeholder: Stakeholder | None = None, **fields: Any
) -> tuple[Contribution, User]:
    contribution, author = sent_for(call, stakeholder, **fields)
    screener = person_with(Role.REVIEWS)
    moderation_actions.take(contribution, actor=screener)
    return moderation_actions.publish(contribution, actor=screener), author
