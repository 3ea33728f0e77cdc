"""How an attempt ends, written down: sent, later, failed, in doubt; and what vanished workers left."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db.models import Case, F, Value, When
from django.db.models.functions import Now
from django.utils.timezone import now

from notifications.bounces.actions import refused_at_the_door
from notifications.hooks import essential_kinds, kinds
from notifications.outbox.enums import Outcome, Status
from notifications.outbox.models import Message

log = structlog.get_logger(__name__)

FIRST_WAIT, LONGEST_WAIT = 60, 6 * 60 * 60  # seconds
BAD_ADDRESS = b"5.1."  # enhanced codes of RFC 3463 that blame the address, not the mail


def heal() -> None:
    """Free stale claims; put a stale handing-over in doubt."""
    stale = now() - timedelta(seconds=settings.MAIL_STALE_SECONDS)
    claimed = Message.objects.filter(status=Status.CLAIMED, claimed_at__lt=stale)
    freed = claimed.filter(attempts__lt=settings.MAIL_MOST_ATTEMPTS).update(
        **_released_fields(Status.QUEUED), error="The worker that had claimed it vanished."
    )
    given_up = _give_up(
        claimed.filter(attempts__gte=settings.MAIL_MOST_ATTEMPTS),
        Status.FAILED,
        "The workers that claimed it vanished, each time.",
    )
    handing = Message.objects.filter(status=Status.HANDING_OVER, handed_at__lt=stale)
    again, unknown = doubt(handing, "The worker vanished while handing it over.")
    if freed or given_up or again or unknown:
        log.warning("mail_healed", freed=freed, given_up=given_up, sent_again=again, unknown=unknown)


def refuse(message: Message, code: int, answer: bytes | str, *, of_address: bool = False) -> None:
    """The mail server answered with something other than yes: 4xx is for later, 5xx the end."""
    raw = answer if isinstance(answer, bytes) else answer.encode()
    reason = f"{code} {raw.decode('utf-8', 'replace')}"
    if code < 500:
        retry([message], reason)
        if of_address and message.attempts >= settings.MAIL_MOST_ATTEMPTS:
            refused_at_the_door(message, Outcome.SOFT, reason)
        return
    finish(message, Status.FAILED, error=reason)
    if of_address and raw.startswith(BAD_ADDRESS):
        refused_at_the_door(message, Outcome.HARD, reason)


def retry(messages: Iterable[Message], fault: object) -> None:
    """Queue messages again, each wait longer than the last; after the last attempt they have failed."""
    error, last = fault_text(fault), settings.MAIL_MOST_ATTEMPTS
    messages = list(messages)
    finish_all([message for message in messages if message.attempts >= last], Status.FAILED, error=error)
    of_wait: dict[int, list[Message]] = defaultdict(list)
    for message in messages:
        if message.attempts < last:
            of_wait[message.attempts].append(message)
    for batch in of_wait.values():
        claimed_rows(batch, *Status.HELD).update(
            **_released_fields(Status.RETRY, wait=wait_of(batch[0])), error=error
        )
    log.warning("mail_put_back", error=error)


def put_back(messages: Sequence[Message]) -> None:
    """Queue again what was claimed but never tried; that counts as no attempt."""
    claimed_rows(messages, Status.CLAIMED).update(
        **_released_fields(Status.QUEUED), attempts=F("attempts") - 1
    )


def doubt(messages: Any, error: str, *, wait: timedelta = timedelta()) -> tuple[int, int]:
    """The outcome is not known: essential kinds wait for another try, the others stay unknown."""
    error = error[:500]
    again = messages.filter(kind__in=essential_kinds(), attempts__lt=settings.MAIL_MOST_ATTEMPTS).update(
        **_released_fields(Status.QUEUED, wait=wait), doubtful_at=Now(), error=error
    )
    unknown = _give_up(messages, Status.UNKNOWN, error, doubtful_at=Now())
    return again, unknown


def finish(message: Message, status: Status, **fields: Any) -> None:
    """The end of this message. That it was sent is believed even where a sweep thought its worker dead."""
    finish_all([message], status, **fields)


def finish_all(messages: Sequence[Message], status: Status, **fields: Any) -> None:
    """Write the same end of these messages of one batch."""
    states = () if status == Status.SENT else Status.HELD
    if messages:
        _give_up(claimed_rows(messages, *states), status, fields.pop("error"), **fields)


def claimed_rows(messages: Sequence[Message], *states: str) -> Any:
    """Return the rows of these messages of one batch, as far as this worker still holds them."""
    claims = {message.claim for message in messages}
    rows = Message.objects.filter(pk__in=[message.pk for message in messages], claim__in=claims)
    return rows.filter(status__in=states) if states else rows


def wait_of(message: Message) -> timedelta:
    """Twice as long each time, give or take a fifth, so that a recovering server is not stormed."""
    seconds = min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311  no secret hangs on it


def fault_text(fault: object) -> str:
    return (fault if isinstance(fault, str) else f"{type(fault).__name__}: {fault}")[:500]


def secret_kinds() -> list[str]:
    return [name for name, kind in kinds.items() if kind.secret]


def _give_up(messages: Any, status: Status, error: str, **fields: Any) -> int:
    """The end of the way: secrets are erased with the last word about them."""
    secret = secret_kinds()
    nothing = Value({}, Message._meta.get_field("facts"))
    return messages.update(
        status=status,
        error=error[:500],
        facts=Case(When(kind__in=secret, then=nothing), default=F("facts")),
        url=Case(When(kind__in=secret, then=Value("")), default=F("url")),
        **fields,
    )


def _released_fields(status: Status, *, wait: timedelta = timedelta()) -> dict[str, Any]:
    return {
        "status": status,
        "claim": None,
        "claimed_at": None,
        "claimed_by": "",
        "handed_at": None,
        "not_before": Now() + wait,
    }
