"""Messages, notices and the mail that comes out of them."""

import factory
from django.core import mail
from django.core.mail import EmailMessage

from notifications.delivery import run
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Message

    address = factory.Sequence(lambda n: f"somebody{n}@whatson.example")
    kind = "accounts.password_changed"
    key = factory.Sequence(lambda n: f"key:{n}")
    language = "en"
    message_id = factory.Sequence(lambda n: f"<{n}@whatson.example>")
    facts = factory.LazyFunction(lambda: {"at": "2026-11-24T17:00:00+00:00"})


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    user = factory.SubFactory(UserFactory)
    kind = "accounts.password_changed"
    key = factory.Sequence(lambda n: f"notice:{n}")
    facts = factory.LazyFunction(lambda: {"at": "2026-11-24T17:00:00+00:00"})


def deliver_all() -> list[EmailMessage]:
    """Play the worker: send all that is due; returns what the test's outbox holds then, oldest first."""
    run.sweep()
    return list(mail.outbox)


def due_days(kind: str) -> set[str]:
    """Return until when the team decides, as its mails of a kind say."""
    return {message.facts["due"] for message in Message.objects.filter(kind=kind)}
