"""One batch over some connections: the words of each mail, then each handed over and written down."""

import time
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping
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
from notifications.delivery.claiming import note_failure, note_recovery
from notifications.delivery.compose import compose
from notifications.delivery.endings import (
    claimed_rows,
    doubt,
    fault_text,
    finish,
    finish_all,
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

LONGEST = 5  # seconds for one batch: of a slow server what is urgent waits for no more than this
DATABASE_PATIENCE = 30  # seconds to wait for a database that restarts, to write down what has left
WORTH_ONE_MORE = 6  # mails that are worth one more connection

# That the last mail of each connection has left and that its next begins is one statement and one commit for
# all of them. So a worker that is killed leaves in doubt one mail for each connection, and no more. It holds
# only as long as the claim is ours.
STEP = """
UPDATE notifications_message SET
    status = CASE WHEN id = ANY(%(next)s) THEN 'handing_over' ELSE 'sent' END,
    handed_at = CASE WHEN id = ANY(%(next)s) THEN statement_timestamp() ELSE handed_at END,
    sent_at = CASE WHEN id = ANY(%(next)s) THEN NULL ELSE statement_timestamp() END,
    error = CASE WHEN id = ANY(%(next)s) THEN error ELSE '' END,
    facts = CASE WHEN id = ANY(%(erase)s) THEN '{}'::jsonb ELSE facts END,
    url = CASE WHEN id = ANY(%(erase)s) THEN '' ELSE url END
WHERE id = ANY(%(next)s || %(done)s) AND claim = ANY(%(claims)s)
    AND (status = 'claimed' OR id = ANY(%(done)s))
RETURNING id
"""


def send(messages: list[Message], lines: "Lines | None" = None) -> int:
    """Send these claimed messages; returns how many the mail server took. `lines` stay open."""
    ready = _compose_sendable(messages)
    if not ready:
        return 0
    if lines is not None:
        return _Handover(ready, lines).run()
    with Lines() as own:
        return _Handover(ready, own).run()


class Lines:
    """The connections to the mail server, opened as they are needed and kept until they are closed."""

    def __init__(self) -> None:
        # A backend that says nothing of it takes one at a time.
        self.most: int = getattr(mailers.default, "connections", 1)
        self.open: list[Any] = []
        self.recovery_noted = False

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def open_connections(self, number: int) -> list[Any]:
        """At most so many, open; fewer where the mail server takes no more.

        Raises OSError or SMTPException where it takes none.
        """
        while len(self.open) < min(number, self.most):
            mailer: Any = mailers.default
            try:
                self._connect(mailer)
            except (OSError, SMTPException):
                self.end(mailer)
                if not self.open:
                    raise
                self.most = len(self.open)
            else:
                self.open.append(mailer)
        if not self.recovery_noted:
            note_recovery()
            self.recovery_noted = True
        return self.open[:number]

    def give(self, given: list[tuple[Any, EmailMessage]]) -> list[Exception | None]:
        """Hand over each mail by its connection, all at the same time; return the fault of each, or None.

        In turns: threads would wait for each other longer than for the mail server.
        """
        faults: list[Exception | None] = [None] * len(given)
        under_way = {at: _talk(*pair) for at, pair in enumerate(given)}
        while under_way:
            for at, talk in list(under_way.items()):
                try:
                    next(talk)
                except StopIteration:
                    del under_way[at]
                except Exception as fault:  # noqa: BLE001  whoever asked looks at it
                    faults[at] = fault
                    del under_way[at]
        return faults

    def start_over(self, mailer: Any) -> None:
        """A refusal is the end of one mail, not of the connection."""
        start_over = getattr(mailer, "start_over", None)
        if start_over is None or not start_over():
            self.end(mailer)

    def end(self, mailer: Any) -> None:
        if mailer in self.open:
            self.open.remove(mailer)
        with suppress(OSError, SMTPException):
            mailer.close()

    def close(self) -> None:
        for mailer in list(self.open):
            self.end(mailer)

    def _connect(self, mailer: Any) -> None:
        """Twice where the first connection stays silent or breaks: that says little of the server."""
        try:
            mailer.open()
        except (TimeoutError, SMTPServerDisconnected):
            self.end(mailer)
            mailer.open()


def _talk(mailer: Any, mail: EmailMessage) -> Generator[None]:
    """Hand over one mail. A backend that cannot do so step by step does it at once."""
    if (talk := getattr(mailer, "talk", None)) is not None:
        yield from talk(mail)
    else:
        mailer.send_messages([mail])


class _Handover:
    """One batch, and the mails that have left but are not yet written down as sent."""

    def __init__(self, ready: list[tuple[Message, EmailMessage]], lines: Lines) -> None:
        self.ready, self.lines = ready, lines
        self.claims = list({message.claim for message, _mail in ready})
        self.left: list[Message] = []

    def run(self) -> int:
        sent, at, until = 0, 0, time.monotonic() + LONGEST
        connections = 1 + (len(self.ready) - 1) // WORTH_ONE_MORE
        try:
            while at < len(self.ready):
                if time.monotonic() > until:
                    self._note()
                    put_back(self._from(at))
                    break
                try:
                    lines = self.lines.open_connections(connections)
                except (OSError, SMTPException) as fault:
                    self._note()
                    retry(self._from(at), fault)
                    note_failure(fault_text(fault))
                    break
                sent += self._round(lines, self.ready[at : at + len(lines)])
                at += len(lines)
            self._note()
        except OperationalError:
            self._note(patient=True)
            raise
        return sent

    def _from(self, at: int) -> list[Message]:
        return [message for message, _mail in self.ready[at:]]

    def _round(self, lines: list[Any], ready: list[tuple[Message, EmailMessage]]) -> int:
        """One mail over each connection; how many the mail server took."""
        begun = self._begin([message for message, _mail in ready])
        given = [(line, *pair) for line, pair in zip(lines, ready, strict=False) if pair[0].pk in begun]
        faults = self.lines.give([(line, mail) for line, _message, mail in given])
        # What was taken is written with what begins next.
        self.left = [
            message for (_line, message, _mail), fault in zip(given, faults, strict=True) if not fault
        ]
        sent = len(self.left)
        for (line, message, _mail), fault in zip(given, faults, strict=True):
            if fault is not None:
                self._end(line, message, fault)
        return sent

    def _begin(self, messages: list[Message]) -> set[int]:
        """Write which have left and that these begin. Those whose claim was lost are not among the answer."""
        values: dict[str, Any] = {
            "next": [message.pk for message in messages],
            "done": [message.pk for message in self.left],
            "erase": [message.pk for message in self.left if message.declared.secret],
            "claims": self.claims,
        }
        with connection.cursor() as cursor:
            cursor.execute(STEP, values)
            ids = {row[0] for row in cursor.fetchall()}
        self.left = []
        return ids

    def _end(self, line: Any, message: Message, fault: Exception) -> None:
        """Say how it ended, of a mail that was not taken."""
        match fault:
            case SMTPRecipientsRefused():
                code, text = next(iter(fault.recipients.values()))
                refuse(message, code, text, of_address=True)
                self.lines.start_over(line)
            case SMTPResponseException():
                refuse(message, fault.smtp_code, fault.smtp_error)
                self.lines.start_over(line)
            case OSError() if getattr(line, "may_have_left", True):
                doubt(claimed_rows([message], Status.HANDING_OVER), fault_text(fault), wait=wait_of(message))
                self.lines.end(line)
            case OSError():
                retry([message], fault)
                self.lines.end(line)
            case ValueError():
                finish(message, Status.FAILED, error=fault_text(fault))
                self.lines.start_over(line)
            case _:
                self._note()
                raise fault

    def _note(self, *, patient: bool = False) -> None:
        """Write down which mails have left, if need be once the database is back."""
        until = time.monotonic() + DATABASE_PATIENCE
        while self.left:
            try:
                finish_all(self.left, Status.SENT, sent_at=Now(), error="")
            except OperationalError:
                if not patient or time.monotonic() > until:
                    raise
                connection.close()
                time.sleep(0.5)
            else:
                self.left = []


def _compose_sendable(messages: list[Message]) -> list[tuple[Message, EmailMessage]]:
    """Return the messages that may still leave, each with its mail; end the others with the reason."""
    held = held_back(messages)
    unwanted = not_wanted(messages)
    visible = still_visible(messages)
    prepared = _prepare_words(message for message in messages if message.pk in visible)
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
    for (status, reason), messages_aside in aside.items():
        finish_all(messages_aside, status, error=reason)
    return ready


def _prepare_words(messages: Iterable[Message]) -> dict[int, Mapping[str, Any]]:
    """Return, by message, what the kinds that prepare their words give for them."""
    of_kind: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        if message.declared.prepare:
            of_kind[message.kind].append(message)
    prepared: dict[int, Mapping[str, Any]] = {}
    for name, batch in of_kind.items():
        if prepare := kinds[name].prepare:
            prepared.update(prepare(batch))
    return prepared
