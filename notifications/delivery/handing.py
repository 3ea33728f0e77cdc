"""One batch over one connection: the words of each, then each handed over and written down."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

import structlog
from django.core.mail import EmailMessage, mailers
from django.db import OperationalError, connection
from django.db.models.functions import Now
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.urls import NoReverseMatch

from notifications.bounces.queries import held_back
from notifications.delivery.claiming import rest, well
from notifications.delivery.compose import compose
from notifications.delivery.endings import (
    doubt,
    fault_text,
    finish,
    finish_all,
    mine,
    put_back,
    refuse,
    retry,
    wait_of,
)
from notifications.happenings.queries import still_visible
from notifications.hooks import kinds
from notifications.outbox.enums import Status
from notifications.outbox.models import Message
from notifications.preferences.queries import not_wanted

log = structlog.get_logger(__name__)

LONGEST = 30  # seconds for one batch; a slow server gets smaller ones
DATABASE_PATIENCE = 30  # seconds to wait for a database that restarts, to write down what has left

# That one mail has left and that the next begins are one statement and one commit. Both hold only as long as
# the claim is ours.
STEP = """
UPDATE notifications_message SET
    status = CASE WHEN id = %(next)s THEN 'handing_over' ELSE 'sent' END,
    handed_at = CASE WHEN id = %(next)s THEN statement_timestamp() ELSE handed_at END,
    sent_at = CASE WHEN id = %(next)s THEN NULL ELSE statement_timestamp() END,
    error = CASE WHEN id = %(next)s THEN error ELSE '' END,
    facts = CASE WHEN id = %(erase)s THEN '{}'::jsonb ELSE facts END,
    url = CASE WHEN id = %(erase)s THEN '' ELSE url END
WHERE claim = %(claim)s AND (id = %(next)s AND status = 'claimed' OR id = %(done)s)
RETURNING id
"""


def send(messages: list[Message]) -> int:
    """Send these claimed messages; returns how many the mail server took."""
    ready = _ready(messages)
    return _Handover(ready).run() if ready else 0


class _Handover:
    """The connection of one batch, and the mail that has left but is not yet written down as sent."""

    def __init__(self, ready: list[tuple[Message, EmailMessage]]) -> None:
        self.ready = ready
        self.mailer: Any = mailers.default
        self.is_open = self.well_told = False
        self.left: Message | None = None

    def run(self) -> int:
        sent, until = 0, time.monotonic() + LONGEST
        try:
            for number, (message, mail) in enumerate(self.ready):
                rest_of_batch = [waiting for waiting, _mail in self.ready[number:]]
                if time.monotonic() > until:
                    self._note()
                    put_back(rest_of_batch)
                    break
                if not self.is_open and not self._open(rest_of_batch):
                    break
                if self._begin(message):
                    sent += self._give(message, mail)
            self._note()
        finally:
            self._close()
        return sent

    def _open(self, waiting: list[Message]) -> bool:
        try:
            self._connect()
        except (OSError, SMTPException) as fault:
            self._note()
            retry(waiting, fault)
            rest(fault_text(fault))
            return False
        self.is_open = True
        if not self.well_told:
            well()
            self.well_told = True
        return True

    def _connect(self) -> None:
        """Twice where the first connection stays silent or breaks: that says little of the server."""
        try:
            self.mailer.open()
        except (TimeoutError, SMTPServerDisconnected):
            self._close()
            self.mailer.open()

    def _begin(self, message: Message) -> bool:
        """Write that the last one has left and that this one begins. Whoever lost the claim stops here."""
        done = self.left
        erase = done.pk if done is not None and done.declared.secret else None
        values: dict[str, Any] = {
            "next": message.pk,
            "done": done and done.pk,
            "erase": erase,
            "claim": message.claim,
        }
        try:
            with connection.cursor() as cursor:
                cursor.execute(STEP, values)
                ids = {row[0] for row in cursor.fetchall()}
        except OperationalError:
            self._note(patient=True)
            raise
        self.left = None
        return message.pk in ids

    def _give(self, message: Message, mail: EmailMessage) -> int:
        """Give the mail away and say how it ended, unless it was taken: that is written with the next."""
        try:
            self.mailer.send_messages([mail])
        except SMTPRecipientsRefused as refusal:
            code, text = next(iter(refusal.recipients.values()))
            refuse(message, code, text, of_address=True)
            self._start_over()
        except SMTPResponseException as refusal:
            refuse(message, refusal.smtp_code, refusal.smtp_error)
            self._start_over()
        except (SMTPServerDisconnected, OSError) as fault:
            if getattr(self.mailer, "may_have_left", True):
                doubt(mine([message], Status.HANDING_OVER), fault_text(fault), wait=wait_of(message))
            else:
                retry([message], fault)
            self._close()
        except (SMTPException, ValueError, UnicodeError) as fault:
            finish(message, Status.FAILED, error=fault_text(fault))
            self._start_over()
        else:
            self.left = message
            return 1
        return 0

    def _start_over(self) -> None:
        """A refusal is the end of one mail, not of the connection."""
        start_over = getattr(self.mailer, "start_over", None)
        if start_over is None or not start_over():
            self._close()

    def _note(self, *, patient: bool = False) -> None:
        """Write down that the last mail has left, if need be once the database is back."""
        until = time.monotonic() + DATABASE_PATIENCE
        while self.left is not None:
            try:
                finish(self.left, Status.SENT, sent_at=Now(), error="")
            except OperationalError:
                if not patient or time.monotonic() > until:
                    raise
                connection.close()
                time.sleep(0.5)
            else:
                self.left = None

    def _close(self) -> None:
        self.is_open = False
        with suppress(OSError, SMTPException):
            self.mailer.close()


def _ready(messages: list[Message]) -> list[tuple[Message, EmailMessage]]:
    """Those that may still leave, with their words; the others are put aside with the reason."""
    held = held_back(messages)
    unwanted = not_wanted(messages)
    visible = still_visible(messages)
    prepared = _prepared(message for message in messages if message.pk in visible)
    ready: list[tuple[Message, EmailMessage]] = []
    aside: dict[tuple[Status, str], list[Message]] = defaultdict(list)
    for message in messages:
        if message.pk in held:
            aside[Status.SUPPRESSED, held[message.pk]].append(message)
        elif message.kind not in kinds:
            aside[Status.FAILED, f"No kind {message.kind} is declared."].append(message)
        elif message.pk in unwanted:
            aside[Status.SUPPRESSED, "The person does not want this kind any more."].append(message)
        elif message.pk not in visible:
            aside[Status.SUPPRESSED, "No longer for this person to see."].append(message)
        elif message.declared.prepare and message.pk not in prepared:
            aside[Status.SUPPRESSED, "Nothing of it is for this person to see any more."].append(message)
        else:
            try:
                ready.append((message, compose(message, prepared.get(message.pk))))
            except (TemplateDoesNotExist, TemplateSyntaxError, NoReverseMatch, ValueError) as fault:
                log.exception("mail_without_words", message=message.pk, kind=message.kind)
                aside[Status.FAILED, fault_text(fault)].append(message)
    for (status, reason), ones in aside.items():
        finish_all(ones, status, error=reason)
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
