"""Registrations for tests.

RulesFactory(): an open registration for an event in sixty days, without limits. registration_in(state): one
in that state, with what the state asks for.
"""

from datetime import timedelta
from typing import Any

import factory
from django.utils.timezone import now

from events.registrations.models import Registration, RegistrationQuestion, RegistrationRules
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory


class RulesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RegistrationRules

    event = factory.SubFactory(EventFactory)
    opens_at = factory.LazyFunction(lambda: now() - timedelta(days=5))
    closes_at = factory.LazyFunction(lambda: now() + timedelta(days=50))


class RegistrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Registration

    rules = factory.SubFactory(RulesFactory)
    user = factory.SubFactory(UserFactory)
    mode = "in_person"


class RegistrationQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RegistrationQuestion

    rules = factory.SubFactory(RulesFactory)
    text = factory.Sequence(lambda n: f"Question number {n}")


def registration_in(state: str, **fields: Any) -> Registration:
    if state == "offered":
        fields.setdefault("offer_until", now() + timedelta(hours=48))
    if state in {"waiting", "offered"}:
        fields.setdefault("queued_at", now())
    registration: Registration = RegistrationFactory(status=state, **fields)
    return registration
