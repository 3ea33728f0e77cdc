"""Who may work on an item. Reads attributes and relations, imports no model."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, has_role_for, is_visible
from workflow.hooks import taken_over_by


@rules.predicate
def is_waited_for(user: Any, item: Any = None) -> bool:
    """Holds the role that the item waits for; a regional focal point in its region or country."""
    if item is None or not user.is_authenticated:
        return False
    if item.waits_for == Role.REGIONAL:
        # The desk may take it up at any time; it is only asked later.
        return has_role_for(Role.REGIONAL).test(user, item) or user.has_role(
            *taken_over_by(item.subject_kind)
        )
    return user.has_role(item.waits_for)


@rules.predicate
def is_holder(user: Any, item: Any = None) -> bool:
    return item is not None and user.is_authenticated and item.holder_id == user.pk


is_head = has_role(Role.HEAD)

rules.add_perm("workflow.view_workitem", is_visible)
rules.add_perm("workflow.claim_workitem", is_waited_for | is_head)
rules.add_perm("workflow.release_workitem", is_holder | is_head)
