"""How a message leaves: claimed, handed over, done. Killing the worker anywhere loses nothing unseen.

queued → claimed → handing_over (committed before the mail server sees a byte) → sent. A claim that went
stale is free again; a stale handing-over is of unknown outcome, and only what is essential is then sent
again, under the same Message-ID.
"""

import os
import random
import socket
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from smtplib import (
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import Any
from uuid import uuid4

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Now
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.urls import NoReverseMatch
from django.utils.timezone import now

from notifications.actions import BATCH, refused_at_the_door
from notifications.enums import Outcome, Status
from notifications.models import Message
from notifications.queries.held import held_back
from notifications.queries.preferences import not_wanted
from notifications.queries.visible import still_visible
from notifications.registry import essential_kinds, kinds
from notifications.render import compose

log = structlog.get_logger(__name__)

FIRST_WAIT, LONGEST_WAIT = 60, 6 * 60 * 60  # seconds
BAD_ADDRESS = b"5.1."  # enhanced codes of RFC 3463 that blame the address, not the mail


def deliver(ids: Sequence[int]) -> int:
    """Send those of `ids` that are due and not held by another worker; returns how many were sent."""
    return _send(claim(Message.objects.filter(pk__in=ids)))


def sweep(*, seconds: float = 50) -> int:
    """Heal what vanished workers left, then send what is due until nothing is, or `seconds` have passed."""
    heal()
    until, sent = now() + timedelta(seconds=seconds), 0
    while now() < until and (messages := claim(Message.objects.all())):
        sent += _send(messages)
    return sent


def claim(among: "Any") -> list[Message]:
    """Take up to one batch of due messages: at most one worker gets each."""
    token = uuid4()
    with transaction.atomic():
        ids = list(
            among.due(Now())
            .select_for_update(skip_locked=True, no_key=True)
            .order_by("not_before", "pk")
            .values_list("pk", flat=True)[:BATCH]
        )
        if not ids:
            return []
        Message.objects.filter(pk__in=ids).update(
            status=Status.CLAIMED,
            claim=token,
            claimed_at=Now(),
            claimed_by=f"{socket.gethostname()}:{os.getpid()}"[:100],
            attempts=F("attempts") + 1,
        )
    return list(
        Message.objects.filter(claim=token, status=Status.CLAIMED).select_related("user").order_by("pk")
    )


def heal() -> None:
    """Free stale claims; put a stale handing-over in doubt."""
    stale = now() - timedelta(seconds=settings.MAIL_STALE_SECONDS)
    claimed = Message.objects.filter(status=Status.CLAIMED, claimed_at__lt=stale)
    freed = claimed.filter(attempts__lt=settings.MAIL_MOST_ATTEMPTS).update(
        **_free(Status.QUEUED), error="The worker that had claimed it vanished."
    )
    given_up = _give_up(
        claimed.filter(attempts__gte=settings.MAIL_MOST_ATTEMPTS),
        Status.FAILED,
        "The workers that claimed it vanished, each time.",
    )
    handing = Message.objects.filter(status=Status.HANDING_OVER, handed_at__lt=stale)
    again, unknown = _doubt(handing, "The worker vanished while handing it over.")
    if freed or given_up or again or unknown:
        log.warning("mail_healed", freed=freed, given_up=given_up, sent_again=again, unknown=unknown)


def _send(messages: list[Message]) -> int:
    ready = _ready(messages)
    if not ready:
        return 0
    mailer = mailers.default
    try:
        mailer.open()
    except (OSError, SMTPException) as fault:
        _retry([message for message, _mail in ready], fault)
        return 0
    sent = 0
    try:
        for message, mail in ready:
            sent += _hand_over(mailer, message, mail)
    finally:
        _close(mailer)
    return sent


def _ready(messages: list[Message]) -> list[tuple[Message, EmailMessage]]:
    """Those that may still leave, with their words; the others are put aside with the reason."""
    held = held_back(messages)
    unwanted = not_wanted(messages)
    visible = still_visible(messages)
    prepared = _prepared(message for message in messages if message.pk in visible)
    ready: list[tuple[Message, EmailMessage]] = []
    for message in messages:
        if message.pk in held:
            _finish(message, Status.SUPPRESSED, error=held[message.pk])
        elif message.kind not in kinds:
            _finish(message, Status.FAILED, error=f"No kind {message.kind} is declared.")
        elif message.pk in unwanted:
            _finish(message, Status.SUPPRESSED, error="The person does not want this kind any more.")
        elif message.pk not in visible:
            _finish(message, Status.SUPPRESSED, error="No longer for this person to see.")
        elif message.declared.prepare and message.pk not in prepared:
            _finish(message, Status.SUPPRESSED, error="Nothing of it is for this person to see any more.")
        else:
            try:
                ready.append((message, compose(message, prepared.get(message.pk))))
            except (TemplateDoesNotExist, TemplateSyntaxError, NoReverseMatch, ValueError) as fault:
                log.exception("mail_without_words", message=message.pk, kind=message.kind)
                _finish(message, Status.FAILED, error=f"{type(fault).__name__}: {fault}")
    return ready


def _prepared(messages: Iterable[Message]) -> dict[int, Mapping[str, Any]]:
    """What the kinds that prepare their words have for each message of the batch."""
    of_kind: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        if message.declared.prepare:
            of_kind[message.kind].append(message)
    prepared: dict[int, Mapping[str, Any]] = {}
    for name, ones in of_kind.items():
        if prepare := kinds[name].prepare:
            prepared.update(prepare(ones))
    return prepared


def _hand_over(mailer: Any, message: Message, mail: EmailMessage) -> int:
    """Say that it begins, give the mail away, say how it ended. Whoever lost the claim stops at the first."""
    if not _mine(message, Status.CLAIMED).update(status=Status.HANDING_OVER, handed_at=Now()):
        return 0
    try:
        mailer.send_messages([mail])
    except SMTPRecipientsRefused as refusal:
        code, text = next(iter(refusal.recipients.values()))
        _refused(message, code, text, of_address=True)
    except SMTPResponseException as refusal:
        _refused(message, refusal.smtp_code, refusal.smtp_error)
    except (SMTPServerDisconnected, OSError) as fault:
        if getattr(mailer, "may_have_left", True):
            mine = _mine(message, Status.HANDING_OVER)
            _doubt(mine, f"{type(fault).__name__}: {fault}", wait=_wait(message))
        else:
            _retry([message], fault)
    except (SMTPException, ValueError, UnicodeError) as fault:
        _finish(message, Status.FAILED, error=f"{type(fault).__name__}: {fault}")
    else:
        # A sweep may have thought us dead meanwhile: what is known corrects what was not.
        _finish(message, Status.SENT, sent_at=Now(), error="")
        return 1
    _close(mailer)
    return 0


def _refused(message: Message, code: int, answer: bytes | str, *, of_address: bool = False) -> None:
    raw = answer if isinstance(answer, bytes) else answer.encode()
    reason = f"{code} {raw.decode('utf-8', 'replace')}"
    if code < 500:
        _retry([message], reason)
        if of_address and message.attempts >= settings.MAIL_MOST_ATTEMPTS:
            refused_at_the_door(message, Outcome.SOFT, reason)
        return
    _finish(message, Status.FAILED, error=reason)
    if of_address and raw.startswith(BAD_ADDRESS):
        refused_at_the_door(message, Outcome.HARD, reason)


def _retry(messages: Iterable[Message], fault: object) -> None:
    """Put back for later, each wait longer than the last; after the last attempt, failed."""
    error = (str(fault) if isinstance(fault, str) else f"{type(fault).__name__}: {fault}")[:500]
    for message in messages:
        if message.attempts >= settings.MAIL_MOST_ATTEMPTS:
            _finish(message, Status.FAILED, error=error)
        else:
            _mine(message, *Status.HELD).update(**_free(Status.RETRY, wait=_wait(message)), error=error)
    log.warning("mail_put_back", error=error)


def _doubt(messages: Any, error: str, *, wait: timedelta = timedelta()) -> tuple[int, int]:
    """The outcome is not known: essential kinds wait for another try, the others stay unknown."""
    error = error[:500]
    again = messages.filter(kind__in=essential_kinds(), attempts__lt=settings.MAIL_MOST_ATTEMPTS).update(
        **_free(Status.QUEUED, wait=wait), doubtful_at=Now(), error=error
    )
    unknown = _give_up(messages, Status.UNKNOWN, error, doubtful_at=Now())
    return again, unknown


def _finish(message: Message, status: Status, **fields: Any) -> None:
    held = Message.objects.filter(pk=message.pk, claim=message.claim)
    if status != Status.SENT:
        held = held.filter(status__in=Status.HELD)
    _give_up(held, status, fields.pop("error"), **fields)


def _give_up(messages: Any, status: Status, error: str, **fields: Any) -> int:
    """The end of the way: secrets are erased with the last word about them."""
    secret = [name for name, kind in kinds.items() if kind.secret]
    nothing = Value({}, Message._meta.get_field("facts"))
    return messages.update(
        status=status,
        error=error[:500],
        facts=Case(When(kind__in=secret, then=nothing), default=F("facts")),
        url=Case(When(kind__in=secret, then=Value("")), default=F("url")),
        **fields,
    )


def _free(status: Status, *, wait: timedelta = timedelta()) -> dict[str, Any]:
    return {
        "status": status,
        "claim": None,
        "claimed_at": None,
        "claimed_by": "",
        "handed_at": None,
        "not_before": Now() + wait,
    }


def _mine(message: Message, *status: str) -> Any:
    return Message.objects.filter(pk=message.pk, claim=message.claim, status__in=status)


def _wait(message: Message) -> timedelta:
    """Twice as long each time, give or take a fifth, so that a recovering server is not stormed."""
    seconds = min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311  no secret hangs on it


def _close(mailer: Any) -> None:
    with suppress(OSError, SMTPException):
        mailer.close()
