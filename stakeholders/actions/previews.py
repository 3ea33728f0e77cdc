"""The mail of a decision before it is taken: the act itself, done and undone."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from stakeholders.models import Application


class Letter(NamedTuple):
    language: str
    called: str
    subject: str
    text: str


def letter_of(application: Application, act: Callable[[], object]) -> Letter | None:
    """What `act` would write to the applicant, in their language; None where it writes nothing.

    Nothing of it stays, neither rows nor what was to follow them. Raises what the act raises, so that what
    stands in its way is known before.
    """
    written = Message.objects.select_related("user").filter(
        subject_kind="stakeholders.application", subject_id=application.pk, user=application.applicant_id
    )
    with transaction.atomic():
        before = list(written.values_list("pk", flat=True))
        act()
        new = written.exclude(pk__in=before).order_by("pk")
        message = new.last() if application.applicant_id else None
        mail = compose(message) if message else None
        transaction.set_rollback(True)
    if message is None or mail is None:
        return None
    called = str(dict(settings.LANGUAGES)[message.language])
    return Letter(message.language, called, str(mail.subject), str(mail.body))
