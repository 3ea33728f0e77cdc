"""Messages between a person and a stakeholder, relayed by the portal; neither learns the other's address."""

import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError
from core.limits import spend
from core.text import clean_block, clean_line, fold
from notifications.inbox.models import Notice
from notifications.outbox.actions import notify, notify_all
from notifications.outbox.models import Message
from stakeholders.contact.models import Block, Conversation, Line
from stakeholders.contact.queries import goes_on
from stakeholders.contact.rules import obstacle_for
from stakeholders.entries.enums import ContactFrom, MemberRole
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.queries import people_of
from workflow.moves.actions import lock

KIND = "stakeholders.conversation"
A_DAY, AN_HOUR = 24 * 3600, 3600
# New conversations: of one person in a day, of one person to one entry, and to one entry from all.
MOST_OF_ONE, MOST_TO_ONE_ENTRY, MOST_TO_AN_ENTRY = 10, 3, 40
MOST_LINES_AN_HOUR = 20


def write(
    stakeholder: Stakeholder, *, actor: User, subject: str, text: str, shows_address: bool = False
) -> Conversation:
    """Begin a conversation: its administrators and editors get the text by mail, each in their language.

    Raises PermissionDenied where the entry takes no messages of this person, DomainError where the same was
    sent already, TooMany past the limits.
    """
    subject, text = clean_line(subject), clean_block(text)
    refuse_empty(subject=subject, text=text)
    with transaction.atomic():
        stakeholder = Stakeholder.objects.select_for_update(no_key=True).get(pk=stakeholder.pk)
        if not actor.has_perm("stakeholders.contact_stakeholder", stakeholder):
            obstacle = obstacle_for(actor, stakeholder)
            raise PermissionDenied(obstacle.label if obstacle else "")
        fingerprint = hashlib.sha256(fold(f"{subject} {text}").encode()).hexdigest()
        same = {"stakeholder": stakeholder, "sender": actor, "fingerprint": fingerprint}
        if Conversation.objects.filter(**same).exists():
            _refuse_double()
        spend("stakeholders.contact", str(actor.pk), most=MOST_OF_ONE, seconds=A_DAY)
        spend(
            "stakeholders.contact_pair", f"{actor.pk}:{stakeholder.pk}", most=MOST_TO_ONE_ENTRY, seconds=A_DAY
        )
        spend("stakeholders.contact_entry", str(stakeholder.pk), most=MOST_TO_AN_ENTRY, seconds=A_DAY)
        try:
            with transaction.atomic():
                conversation = Conversation.objects.create(
                    **same, subject=subject, shows_address=shows_address
                )
        except IntegrityError:
            _refuse_double()
        line = Line.objects.create(conversation=conversation, author=actor, from_stakeholder=False, text=text)
        _relay_to_stakeholder(conversation, line)
    return conversation


def answer(conversation: Conversation, *, actor: User, text: str) -> Line:
    """Go on with a conversation, as either of its sides. Raises as `write` does."""
    text = clean_block(text)
    refuse_empty(text=text)
    with transaction.atomic():
        conversation = lock_conversation(conversation)
        from_stakeholder = conversation.sender_id != actor.pk
        if from_stakeholder:
            allowed = (
                actor.has_perm("stakeholders.answer_conversation", conversation)
                and conversation.sender.is_active
            )
        else:
            allowed = goes_on(actor, conversation)
        if not allowed:
            raise PermissionDenied(_("This conversation is closed to further messages."))
        last = conversation.lines.last()
        if last is not None and last.author_id == actor.pk and last.text == text:
            _refuse_double()
        spend("stakeholders.contact_line", str(actor.pk), most=MOST_LINES_AN_HOUR, seconds=AN_HOUR)
        line = Line.objects.create(
            conversation=conversation, author=actor, from_stakeholder=from_stakeholder, text=text
        )
        Conversation.objects.filter(pk=conversation.pk).update(last_at=now())
        if from_stakeholder:
            _relay_to_sender(conversation, line)
        else:
            _relay_to_stakeholder(conversation, line)
    return line


def block(conversation: Conversation, *, actor: User) -> None:
    """Take no further messages of whoever began it; they are not told. Twice is once."""
    with transaction.atomic():
        conversation = lock_conversation(conversation)
        if not actor.has_perm("stakeholders.answer_conversation", conversation):
            raise PermissionDenied
        _block, new = Block.objects.get_or_create(
            stakeholder=conversation.stakeholder, user_id=conversation.sender_id, defaults={"by": actor}
        )
        if new:
            record(conversation.stakeholder, "stakeholders.sender_blocked", actor=actor)


def unblock(blocked: Block, *, actor: User) -> None:
    """Take messages of this person again."""
    with transaction.atomic():
        if not actor.has_perm("stakeholders.choose_contact", blocked.stakeholder):
            raise PermissionDenied
        if Block.objects.filter(pk=blocked.pk).delete()[0]:
            record(blocked.stakeholder, "stakeholders.sender_unblocked", actor=actor)


def choose_contact(stakeholder: Stakeholder, contact_from: str, *, actor: User) -> None:
    """Say who may write to the entry; "nobody" switches it off."""
    with transaction.atomic():
        stakeholder = lock(stakeholder, actor, "stakeholders.choose_contact")
        if contact_from not in ContactFrom.values:
            message = _("Choose from the list.")
            raise DomainError(message, fields={"contact_from": message})
        if stakeholder.contact_from == contact_from:
            return
        stakeholder.contact_from, stakeholder.updated_at = contact_from, now()
        stakeholder.save(update_fields=["contact_from", "updated_at"])
        record(stakeholder, "stakeholders.contact_chosen", actor=actor, contact_from=contact_from)
        DirectoryVersion.objects.bump()


def remove(ids: list[int]) -> None:
    """Remove conversations, with the mail and notices that told of them."""
    with transaction.atomic():
        for model in (Message, Notice):
            model.objects.filter(subject_kind=KIND, subject_id__in=ids).delete()
        Conversation.objects.filter(pk__in=ids).delete()


def lock_conversation(conversation: Conversation) -> Conversation:
    rows = Conversation.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("stakeholder__country", "sender").get(pk=conversation.pk)


def refuse_empty(**texts: str) -> None:
    words = {"subject": _("Describe what it is about."), "text": _("Write your message.")}
    if missing := {name: words[name] for name, value in texts.items() if not value}:
        raise DomainError(next(iter(missing.values())), fields=missing)


def _refuse_double() -> None:
    message = _("You have sent exactly this already.")
    raise DomainError(message, fields={"text": message})


def _relay_to_stakeholder(conversation: Conversation, line: Line) -> None:
    """Send the text to everybody who looks after the entry."""
    sender, entry = conversation.sender, conversation.stakeholder
    people = people_of([entry.pk], roles=MemberRole.WRITERS)[entry.pk]
    notify_all(
        [membership.user for membership in people],
        "stakeholders.contact_received",
        **_notice_parameters(
            conversation,
            line,
            name=entry.name,
            by=sender.name,
            address=sender.email if conversation.shows_address else "",
        ),
    )


def _relay_to_sender(conversation: Conversation, line: Line) -> None:
    parameters = _notice_parameters(conversation, line, name=conversation.stakeholder.name)
    notify(conversation.sender, "stakeholders.contact_answered", **parameters)


def _notice_parameters(conversation: Conversation, line: Line, **facts: str) -> dict[str, Any]:
    return {
        "key": f"contact:{line.pk}",
        "url_name": "stakeholders:conversation",
        "url_args": [conversation.pk],
        "facts": {"subject": conversation.subject, "text": line.text, **facts},
        "subject": conversation,
    }
