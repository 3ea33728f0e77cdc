"""Conversations as their two sides read them."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import QuerySet

from stakeholders.contact.enums import ContactObstacle
from stakeholders.contact.models import Block, Conversation, Line
from stakeholders.contact.rules import contact_obstacle, obstacle_for, writer
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.entries.rules import ask_once
from stakeholders.hooks import contacts_instead


def conversations(user: Any) -> QuerySet[Conversation]:
    """Return the conversations that the person began or answers for, the latest first."""
    return Conversation.objects.visible_to(user).select_related("stakeholder", "sender")


def lines_of(conversation: Conversation) -> list[Line]:
    return list(conversation.lines.select_related("author"))


def blocked_by(stakeholder: Stakeholder) -> list[Block]:
    return list(Block.objects.filter(stakeholder=stakeholder).select_related("user").order_by("at", "pk"))


def is_blocked(conversation: Conversation) -> bool:
    return Block.objects.filter(stakeholder=conversation.stakeholder_id, user=conversation.sender_id).exists()


def goes_on(sender: Any, conversation: Conversation) -> bool:
    """Return whether the person who began the conversation may write again."""
    return bool(
        sender.has_perm("stakeholders.contact_stakeholder", conversation.stakeholder)
        or sender.has_perm("stakeholders.go_on_conversation", conversation)
    )


def ways_to_write(user: Any, stakeholder: Stakeholder) -> dict[str, Any]:
    """Return what the profile and the form show about writing to an entry that the reader sees.

    Where the reader cannot write: why, and who can be asked instead (`instead`; empty: the desk alone). Where
    nobody can, its website is the first way (`website_first`).
    """
    obstacle = obstacle_for(user, stakeholder)
    return {
        "contact_obstacle": obstacle,
        "may_write": obstacle is None,
        "website_first": bool(stakeholder.website) and obstacle in NOBODY_READS,
        "instead": [] if obstacle in NOBODY_ELSE else contacts_instead(user, stakeholder),
    }


NOBODY_ELSE = (None, ContactObstacle.SIGN_IN, ContactObstacle.OWN)
# Where no message reaches anybody, whoever writes it.
NOBODY_READS = (
    ContactObstacle.UNCLAIMED,
    ContactObstacle.INACTIVE,
    ContactObstacle.UNATTENDED,
    ContactObstacle.CLOSED,
)


def contact_obstacles(user: Any, stakeholders: Iterable[Stakeholder]) -> dict[int, ContactObstacle | None]:
    """Return for each entry what keeps the reader from writing to it, None where nothing does."""
    by_pk = {stakeholder.pk: stakeholder for stakeholder in stakeholders}
    by = writer(user)
    admins = Membership.objects.filter(role=MemberRole.ADMIN, user__is_active=True, stakeholder__in=by_pk)
    attended = set(admins.values_list("stakeholder_id", flat=True))
    blocks = Block.objects.filter(user=user.pk, stakeholder__in=by_pk) if by else Block.objects.none()
    blocked = set(blocks.values_list("stakeholder_id", flat=True))
    return {
        pk: contact_obstacle(
            by,
            stakeholder,
            is_attended=partial(attended.__contains__, pk),
            is_blocked=partial(blocked.__contains__, pk),
        )
        for pk, stakeholder in by_pk.items()
    }


def has_written(user: Any) -> bool:
    return ask_once(user, "written", lambda: Conversation.objects.filter(sender=user).exists())


def name_of_public_entry(pk: int) -> str | None:
    """Return the name of an entry that everybody sees, None of any other."""
    return Stakeholder.objects.listed_publicly().filter(pk=pk).values_list("name", flat=True).first()
