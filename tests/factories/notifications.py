"""Messages, notices and the mail that comes out of them."""

import factory
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from notifications import delivery
from notifications.models import Message, Notice


class ReaderFactory(factory.django.DjangoModelFactory):
    """Somebody with an account, for tests of this app."""

    class Meta:
        model = get_user_model()

    email = factory.Sequence(lambda n: f"reader{n}@whatson.example")
    name = "Amina"


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

    user = factory.SubFactory(ReaderFactory)
    kind = "accounts.password_changed"
    key = factory.Sequence(lambda n: f"notice:{n}")
    facts = factory.LazyFunction(lambda: {"at": "2026-11-24T17:00:00+00:00"})


def deliver_all() -> list[EmailMultiAlternatives]:
    """Play the worker: send all that is due and return what lay in the outbox of the tests afterwards."""
    delivery.sweep()
    return list(mail.outbox)
