"""Who may write to whom through the portal. Reads attributes and relations, imports no model."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import is_signed_in, is_visible
from stakeholders.contact.enums import ContactObstacle
from stakeholders.entries.enums import ContactFrom, MemberRole, Status
from stakeholders.entries.rules import edits, is_member, looks_after, memberships_of


@rules.predicate
def is_reachable(user: Any, stakeholder: Any) -> bool:
    """Return whether the stakeholder takes part and has an administrator."""
    return bool(
        stakeholder is not None
        and stakeholder.status in Status.TAKING_PART
        and stakeholder.memberships.filter(role=MemberRole.ADMIN, user__is_active=True).exists()
    )


@dataclass(frozen=True)
class Writer:
    """What decides to whom a person may write; read once for all entries of a page."""

    user: Any
    is_member: bool
    is_state: bool
    is_in_good_standing: bool
    entries: frozenset[int]

    @cached_property
    def is_confirmed(self) -> bool:
        return bool(self.user.emailaddress_set.filter(verified=True).exists())


def writer(user: Any) -> Writer | None:
    """Return the user as a writer, or None. Good standing: not only suspended or withdrawn entries."""
    if not is_signed_in(user):
        return None
    standing = {pk: status for pk, _role, status in memberships_of(user)}
    member = bool(is_member(user))
    return Writer(
        user,
        is_member=member,
        is_state=user.has_role(Role.STATE),
        is_in_good_standing=member or not {Status.SUSPENDED, Status.WITHDRAWN} & set(standing.values()),
        entries=frozenset(standing),
    )


def contact_obstacle(
    by: Writer | None, stakeholder: Any, *, is_attended: Callable[[], bool], is_blocked: Callable[[], bool]
) -> ContactObstacle | None:
    """Return why the reader cannot write to an entry that they see; None where they can.

    Page, button and act all ask this. A visitor is offered to sign in only where any account may write.
    Nothing is asked for that no longer matters.
    """
    stands: dict[ContactObstacle, Callable[[], bool]] = {
        ContactObstacle.OWN: lambda: by is not None and stakeholder.pk in by.entries,
        ContactObstacle.UNCLAIMED: lambda: stakeholder.status == Status.LISTED,
        ContactObstacle.INACTIVE: lambda: stakeholder.status not in Status.TAKING_PART,
        ContactObstacle.UNATTENDED: lambda: not is_attended(),
        ContactObstacle.CLOSED: lambda: stakeholder.contact_from == ContactFrom.NOBODY or is_blocked(),
        ContactObstacle.UNCONFIRMED: lambda: by is not None and not by.is_confirmed,
        ContactObstacle.OUT_OF_STANDING: lambda: by is not None and not by.is_in_good_standing,
        ContactObstacle.MEMBERS: lambda: (
            stakeholder.contact_from == ContactFrom.MEMBERS and not (by is not None and by.is_member)
        ),
        ContactObstacle.MEMBERS_STATES: lambda: (
            stakeholder.contact_from == ContactFrom.MEMBERS_STATES
            and not (by is not None and (by.is_member or by.is_state))
        ),
        ContactObstacle.SIGN_IN: lambda: by is None,
    }
    return next((obstacle for obstacle, holds in stands.items() if holds()), None)


@rules.predicate
def may_write_to(user: Any, stakeholder: Any) -> bool:
    return stakeholder is not None and obstacle_for(user, stakeholder) is None


def obstacle_for(user: Any, stakeholder: Any) -> ContactObstacle | None:
    """Return the `contact_obstacle` of a reader and an entry."""
    by = writer(user)
    return contact_obstacle(
        by,
        stakeholder,
        is_attended=lambda: bool(is_reachable(user, stakeholder)),
        is_blocked=lambda: by is not None and stakeholder.blocks.filter(user_id=user.pk).exists(),
    )


@rules.predicate
def began(user: Any, conversation: Any) -> bool:
    return conversation is not None and conversation.sender_id == user.pk


@rules.predicate
def answers_for(user: Any, conversation: Any) -> bool:
    """Return whether the user administers or edits the addressed stakeholder while it takes part."""
    return bool(
        conversation is not None
        and conversation.stakeholder.status in Status.TAKING_PART
        and looks_after(user, conversation.stakeholder)
    )


@rules.predicate
def was_answered_officially(user: Any, conversation: Any) -> bool:
    """Return whether the user, of the desk or a focal point, got an answer and was not blocked since.

    Whoever the stakeholder takes new messages of, an answer to the portal's own people may be answered.
    """
    return bool(
        conversation is not None
        and (user.is_desk or user.has_role(Role.REGIONAL))
        and is_reachable(user, conversation.stakeholder)
        and conversation.lines.filter(from_stakeholder=True).exists()
        and not conversation.stakeholder.blocks.filter(user_id=user.pk).exists()
    )


rules.add_perm("stakeholders.go_on_conversation", is_signed_in & began & was_answered_officially)
rules.add_perm("stakeholders.contact_stakeholder", is_signed_in & is_visible & may_write_to)
rules.add_perm("stakeholders.view_conversation", is_visible)
rules.add_perm("stakeholders.answer_conversation", is_signed_in & answers_for)
rules.add_perm("stakeholders.choose_contact", edits)
