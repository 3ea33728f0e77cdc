"""Who plans and reports activities, and who does what follows from them."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_desk, is_visible

covers = has_role(Role.REGIONAL)


@rules.predicate
def writes_it(user: Any, obj: Any = None) -> bool:
    """Its author while they have the role that lets them see it, or who stands in for them."""
    return obj is not None and user.is_authenticated and obj.belongs_to(user)


@rules.predicate
def owns_it(user: Any, follow_up: Any = None) -> bool:
    """Who does it, or who stands in for them."""
    return follow_up is not None and user.is_authenticated and follow_up.belongs_to(user)


@rules.predicate
def planned_it(user: Any, follow_up: Any = None) -> bool:
    return follow_up is not None and writes_it.test(user, follow_up.activity)


rules.add_perm("coordination.plan_activity", covers | is_desk)
rules.add_perm("coordination.view_activity", is_visible)
rules.add_perm("coordination.change_activity", (is_desk | covers) & is_visible & writes_it)
rules.add_perm("coordination.hold_activity", (is_desk | covers) & is_visible & writes_it)
rules.add_perm("coordination.report_activity", (is_desk | covers) & is_visible & writes_it)
rules.add_perm("coordination.cancel_activity", (is_desk | covers) & is_visible & writes_it)
rules.add_perm("coordination.resume_activity", (is_desk | covers) & is_visible & writes_it)
rules.add_perm("coordination.correct_activity", (is_desk | covers) & is_visible & writes_it)
rules.add_perm("coordination.note_activity", (is_desk | covers) & is_visible)
rules.add_perm("coordination.finish_followup", (is_desk | covers) & (owns_it | planned_it))
