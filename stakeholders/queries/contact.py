"""Conversations as their two sides read them."""

from typing import Any

from django.db.models import QuerySet

from stakeholders.enums import Status
from stakeholders.enums.contact import ContactFrom
from stakeholders.models import Block, Conversation, Line, Stakeholder


def conversations(user: Any) -> QuerySet[Conversation]:
    """Those that the person began, or that came to stakeholders that they look after, the latest first."""
    return Conversation.objects.visible_to(user).select_related("stakeholder", "sender")


def lines_of(conversation: Conversation) -> list[Line]:
    return list(conversation.lines.select_related("author"))


def blocked_by(stakeholder: Stakeholder) -> list[Block]:
    return list(Block.objects.filter(stakeholder=stakeholder).select_related("user").order_by("at", "pk"))


def is_blocked(conversation: Conversation) -> bool:
    return Block.objects.filter(stakeholder=conversation.stakeholder_id, user=conversation.sender_id).exists()


def goes_on(sender: Any, conversation: Conversation) -> bool:
    """Whether whoever began it may write again."""
    return bool(
        sender.has_perm("stakeholders.contact_stakeholder", conversation.stakeholder)
        or sender.has_perm("stakeholders.go_on_conversation", conversation)
    )


def ways_to_write(user: Any, stakeholder: Stakeholder) -> dict[str, bool]:
    """What the profile says of writing to it. No query for a visitor."""
    if not user.is_authenticated:
        takes = stakeholder.status in Status.TAKING_PART and stakeholder.contact_from != ContactFrom.NOBODY
        return {"may_write": False, "may_after_sign_in": takes}
    may = user.has_perm("stakeholders.contact_stakeholder", stakeholder)
    return {"may_write": may, "may_after_sign_in": False}
