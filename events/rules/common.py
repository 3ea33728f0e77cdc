"""What the rules of events share."""

from typing import Any

import rules

from accounts.enums import Role
from accounts.rules import has_role
from stakeholders.enums import MemberRole, Status

runs_events = has_role(Role.EVENTS, Role.HEAD)
WRITERS = (MemberRole.ADMIN, MemberRole.EDITOR)


@rules.predicate
def is_visible(user: Any, obj: Any = None) -> bool:
    """The one truth of who sees a row is its queryset's `visible_to`; this asks it."""
    return obj is not None and type(obj)._default_manager.visible_to(user).filter(pk=obj.pk).exists()


def acts_for(user: Any, stakeholder_id: int | None, *roles: str) -> bool:
    """Whether the person has one of these roles in the stakeholder, while that takes part."""
    return bool(
        stakeholder_id
        and user.is_authenticated
        and user.is_active
        and user.memberships.filter(
            stakeholder_id=stakeholder_id, role__in=roles, stakeholder__status__in=Status.TAKING_PART
        ).exists()
    )


def belongs_to(user: Any, stakeholder_id: int | None, *roles: str) -> bool:
    """As `acts_for`, however the stakeholder stands: one may always withdraw."""
    return bool(
        stakeholder_id
        and user.is_authenticated
        and user.is_active
        and user.memberships.filter(stakeholder_id=stakeholder_id, role__in=roles).exists()
    )
