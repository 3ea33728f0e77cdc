"""The mailbox is read: what returned has its consequences, what people wrote reaches somebody, once each."""

import time
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import override

from accounts.data_rights.queries import addresses_of
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError
from core.later import later
from notifications.bounces.actions import Report, take_in
from notifications.bounces.queries import MAILBOX
from notifications.hooks import kinds
from notifications.incoming.connection import Connection, Fetched, MailboxAway
from notifications.incoming.enums import Sort
from notifications.incoming.models import IncomingMail, Mailbox
from notifications.incoming.reading import Returned, read_mail
from notifications.incoming.signed_addresses import REPLY
from notifications.outbox.models import Message

LONGEST = 40  # seconds for one run
MOST = 500  # mails in one run
MOST_LETTERS_A_DAY = 200  # written on the desk's list; more stay in the mailbox
FORGED = "The mail server says that it does not come from its sender (DMARC)."

log = structlog.get_logger(__name__)


def read_mailbox(*, most: int = MOST, seconds: float = LONGEST) -> int:
    """Handle what is new in the mailbox, and remove from it what was understood; how many were new.

    How far it came is one row, written with the consequences of each mail: killed anywhere, it goes on there.
    Where more is left, another run is asked for. Raises MailboxAway, once that is written down.
    """
    if not settings.MAILBOX:
        return 0
    mailbox, _new = Mailbox.objects.get_or_create(name=_name(settings.MAILBOX))
    until, handled = time.monotonic() + seconds, 0
    try:
        with Connection(settings.MAILBOX) as connection:
            _follow_numbering(mailbox, connection)
            for uid in connection.after(mailbox.last_uid):
                if handled >= most or time.monotonic() > until:
                    later("notifications.read_mailbox")
                    break
                fetched = connection.fetch(uid)
                handled += take(mailbox, uid, fetched)
            _remove_understood(mailbox, connection)
    except MailboxAway as fault:
        Mailbox.objects.filter(pk=mailbox.pk).update(error=str(fault)[:200])
        raise
    Mailbox.objects.filter(pk=mailbox.pk).update(error="", read_at=Now())
    return handled


def _name(options: dict[str, Any]) -> str:
    return f"{options['username']}@{options['host']}/{options['folder']}"[:250]


def _follow_numbering(mailbox: Mailbox, connection: Connection) -> None:
    """Where the server numbers anew, all is read again; what was handled is known by its digest."""
    if mailbox.uidvalidity != connection.uidvalidity:
        mailbox.uidvalidity, mailbox.last_uid = connection.uidvalidity, 0
        mailbox.save(update_fields=["uidvalidity", "last_uid"])


def take(mailbox: Mailbox, uid: int, fetched: Fetched | None) -> bool:
    """Handle one mail, with the note that it is: false where another run was first, or it is gone."""
    with transaction.atomic():
        ours = Mailbox.objects.filter(pk=mailbox.pk, uidvalidity=mailbox.uidvalidity, last_uid__lt=uid)
        if not ours.update(last_uid=uid) or fetched is None:
            return False
        mail = read_mail(fetched.raw)
        if IncomingMail.objects.filter(digest=mail.digest).exists():
            return False
        row = IncomingMail(
            mailbox=mailbox,
            uidvalidity=mailbox.uidvalidity,
            uid=uid,
            digest=mail.digest,
            sort=mail.sort,
            sender=mail.sender,
            subject=mail.subject,
            note=mail.note,
            arrived_at=fetched.arrived_at,
        )
        _handle(row, mail)
        row.save()
    return True


def _handle(row: IncomingMail, mail: Returned) -> None:
    row.message = _message_of(mail)
    match mail.sort:
        case Sort.BOUNCE | Sort.COMPLAINT if row.message is None:
            row.sort, row.note = Sort.UNMATCHED, f"Of no e-mail of ours. {mail.note}"[:300]
        case Sort.BOUNCE | Sort.COMPLAINT:
            _report(row, mail)
        case Sort.LETTER:
            _answer(row, mail)


def _message_of(mail: Returned) -> Message | None:
    ids = [signed.message_id for signed in mail.named]
    return Message.objects.select_related("user").filter(pk__in=ids).first() if ids else None


def _report(row: IncomingMail, mail: Returned) -> None:
    """As if a provider had told it, of the address to which our mail went, whichever the report names."""
    message = row.message
    if message is not None:
        take_in(
            Report(
                provider=MAILBOX,
                event_id=mail.digest,
                outcome=mail.outcome,
                reference=message.message_id.strip("<>"),
                address=message.address,
                note=mail.note,
                happened_at=row.arrived_at,
            )
        )


def _answer(row: IncomingMail, mail: Returned) -> None:
    """To whom the answered mail says; else to the desk, but never words that were meant for somebody else."""
    message = row.message
    answers = message is not None and any(signed.purpose == REPLY for signed in mail.named)
    if message is None or not answers or message.kind not in kinds or not message.declared.answered:
        _to_the_desk(row, mail)
        if mail.is_forged:
            row.note = FORGED
    elif why := FORGED if mail.is_forged else _why_not_passed_on(message, row.sender, mail.text):
        row.sort, row.note = Sort.REFUSED, why[:300]
    else:
        row.sort = Sort.ANSWER


def _why_not_passed_on(message: Message, sender: str, text: str) -> str:
    """Pass an answer on; return why that was not possible, or an empty text."""
    user, about, pass_on = message.user, message.subject_id, message.declared.answered
    if user is None or about is None or pass_on is None:
        return "It answers no message of a person."
    if not user.is_active or not _is_address_of(user, sender):
        return "It does not come from an address of the person to whom the e-mail went."
    if not text:
        return "No words were found in it."
    try:
        with transaction.atomic(), override(settings.LANGUAGE_CODE):  # a refusal is read by the desk
            pass_on(user, about, text)
    except (DomainError, PermissionDenied, ObjectDoesNotExist) as refusal:
        return str(refusal) or "It is not allowed any more."
    except DatabaseError:
        raise  # the next run tries again
    except Exception:
        log.exception("reply_not_passed_on", message=message.pk, kind=message.kind)
        return "An error stood in the way; it is in the log."
    return ""


def _to_the_desk(row: IncomingMail, mail: Returned) -> None:
    today = IncomingMail.objects.filter(sort=Sort.LETTER, arrived_at__date=row.arrived_at.date())
    if today.count() < MOST_LETTERS_A_DAY:
        row.text = mail.text
    else:
        row.sort, row.note = Sort.UNMATCHED, "More e-mails came on this day than are listed."


def _is_address_of(user: User, sender: str) -> bool:
    return sender.lower() in {user.email.lower(), *addresses_of(user)}


def _remove_understood(mailbox: Mailbox, connection: Connection) -> None:
    """Also what a run before was killed over."""
    rows = IncomingMail.objects.filter(
        mailbox=mailbox, uidvalidity=mailbox.uidvalidity, sort__in=Sort.UNDERSTOOD, removed_at=None
    )
    if uids := list(rows.order_by("uid").values_list("uid", flat=True)[:MOST]):
        connection.remove(uids)
        rows.filter(uid__in=uids).update(removed_at=Now())


def mark_done(mail: IncomingMail, *, actor: User) -> bool:
    """The desk has seen to it; false where somebody was first."""
    if not actor.has_perm("notifications.read_incoming"):
        raise PermissionDenied
    with transaction.atomic():
        if not IncomingMail.objects.open().filter(pk=mail.pk).update(done_at=now(), done_by=actor):
            return False
        record(mail, "notifications.incoming_done", actor=actor)
    return True
