"""The e-mail of an act before it is done: the act itself, done and undone."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models, transaction

from notifications.delivery.compose import compose
from notifications.outbox.models import Message


class Letter(NamedTuple):
    """The e-mail that an act sends, in the language of who gets it; without a text none is sent.

    `more` is the number of further people who get it.
    """

    language: str = ""
    called: str = ""
    subject: str = ""
    text: str = ""
    more: int = 0


def letter_of(act: Callable[[], object], *, about: models.Model | None = None, to: Any = None) -> Letter:
    """Return the e-mail that `act` would send about an object, or to a person.

    The act is rolled back, with the work that it left for later. Raises what the act raises, so that an
    obstacle is known before.
    """
    rows = Message.objects.order_by("pk")
    if about is not None:
        rows = rows.filter(subject_kind=about._meta.label_lower, subject_id=about.pk)
    if to is not None:
        rows = rows.filter(user=to)
    with transaction.atomic():
        latest = rows.last()
        act()
        written = list(rows.filter(pk__gt=latest.pk if latest else 0).select_related("user"))
        message = (written[-1] if to is not None else written[0]) if written else None
        mail = compose(message) if message else None
        transaction.set_rollback(True)
    if message is None or mail is None:
        return Letter()
    called = str(dict(settings.LANGUAGES)[message.language])
    more = sum(other.kind == message.kind for other in written) - 1
    return Letter(message.language, called, str(mail.subject), str(mail.body), more)
