"""Writing to the WhatsOn team, and what the team does with a message."""

import hashlib
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from core.errors import DomainError, TooMany
from core.limits import spend
from core.text import clean_block, fold
from notifications.inbox.models import Notice
from notifications.outbox.actions import mail_address, notify
from notifications.outbox.models import Message
from portal.team_messages.enums import ANSWERED_BY, MessageStatus, Purpose
from portal.team_messages.models import TeamMessage
from portal.team_messages.queries import messages_of
from workflow.items.actions import close_items, open_item
from workflow.items.models import WorkItem
from workflow.moves.actions import lock, move
from workflow.moves.models import Decision
from workflow.receipts.models import new_reference

RECEIVED, ANSWERED = "portal.team_message_received", "portal.team_message_answered"
ITEM = "team_message"
KIND = "portal.teammessage"
A_DAY = 24 * 3600
# Receipts to one address that nobody has proved, and to all such addresses together.
MOST_RECEIPTS, MOST_RECEIPTS_IN_ALL = 3, 500


def send_message(
    *, actor: Any, purpose: str, text: str, language: str, address: str = "", suspicion: str = ""
) -> TeamMessage:
    """Write to the team and return the message; the same words of the same sender again are the same one.

    `actor` is a person, or a visitor, who gives an `address`. With a `suspicion` the message is held: nobody
    is told, and no mail leaves. Raises DomainError where the text is empty.
    """
    text = clean_block(text)
    if not text:
        raise DomainError(_("Write your message."), fields={"text": _("Write your message.")})
    sender = actor if actor.is_authenticated else None
    sender_key = str(sender.pk) if sender else address.lower()
    fields = {
        "reference": new_reference(),
        "purpose": purpose,
        "text": text,
        "sender": sender,
        "address": "" if sender else address,
        "language": sender.language if sender else language,
        "status": MessageStatus.SPAM if suspicion else MessageStatus.NEW,
    }
    fingerprint = hashlib.sha256(fold(f"{sender_key} {purpose} {text}").encode()).hexdigest()
    with transaction.atomic():
        message, is_new = TeamMessage.objects.get_or_create(fingerprint=fingerprint, defaults=fields)
        if is_new and suspicion:
            record(message, "portal.team_message_held", actor=None, why=suspicion)
        elif is_new:
            record(message, "portal.team_message_sent", actor=None)
            _wait_for_team(message)
    return message


def answer_message(message: TeamMessage, *, actor: Any, text: str) -> None:
    """Answer by mail, in the name of the team. Raises PermissionDenied, DomainError and WrongState."""
    text = clean_block(text)
    if not text:
        raise DomainError(_("Write the answer."), fields={"text": _("Write the answer.")})
    with transaction.atomic():
        row = lock(message, actor, "portal.answer_teammessage")
        move(row, "answer", actor=actor, answer=text, answered_by=actor, answered_at=now())
        close_items(row)
        _tell(row, ANSWERED, answer=text)


def move_message(message: TeamMessage, name: str, *, actor: Any) -> None:
    """Close, hold or open again, by the name of the move. Raises PermissionDenied and WrongState."""
    with transaction.atomic():
        row = lock(message, actor, f"portal.{name}_teammessage")
        move(row, name, actor=actor)
        if name == "reopen":
            _wait_for_team(row)
        else:
            close_items(row)


def remove(ids: list[int]) -> None:
    """Remove messages with the mail, notices, work and decisions about them."""
    with transaction.atomic():
        for model in (Message, Notice, WorkItem, Decision):
            model.objects.filter(subject_kind=KIND, subject_id__in=ids).delete()
        TeamMessage.objects.filter(pk__in=ids).delete()


def erase(user: User) -> None:
    """Remove what a person who leaves wrote to the team, also before they had an account."""
    remove(list(messages_of(user).values_list("pk", flat=True)))


def _wait_for_team(message: TeamMessage) -> None:
    """Open the work on a message and send its receipt, once."""
    role = ANSWERED_BY[Purpose(message.purpose)]
    if not holders_of(role).exists():
        role = Role.ADMINISTRATOR
    open_item(message, ITEM, waits_for=role)
    if message.sender:
        _tell(message, RECEIVED)
        return
    # Anybody can type any address: nobody is to be flooded with receipts. A "+word" is the same mailbox.
    local, _at, domain = message.address.lower().rpartition("@")
    mailbox = f"{local.partition('+')[0]}@{domain}"
    with suppress(TooMany):
        spend("portal.team_receipt", mailbox, most=MOST_RECEIPTS, seconds=A_DAY)
        spend("portal.team_receipts", "all", most=MOST_RECEIPTS_IN_ALL, seconds=A_DAY)
        _tell(message, RECEIVED)


def _tell(message: TeamMessage, kind: str, **facts: str) -> None:
    """Write to the sender, without a word of the message: the address may be another's."""
    content: dict[str, Any] = {
        "key": f"{kind}:{message.pk}",
        "url_name": "portal:team_message",
        "url_args": [message.reference],
        "facts": {"reference": message.reference, "purpose": message.purpose, **facts},
        "subject": message,
    }
    if message.sender:
        notify(message.sender, kind, **content)
    else:
        mail_address(message.address, kind, language=message.language, **content)
