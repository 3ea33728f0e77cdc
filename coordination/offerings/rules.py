"""Who suggests a grant or a course, and who decides about it."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_visible
from stakeholders.entries.enums import MemberRole, Status

curates = has_role(Role.CURATION)


@rules.predicate
def suggests(user: Any, _obj: Any = None) -> bool:
    """Return whether the user writes for a stakeholder, is a regional focal point, or curates."""
    if not (user.is_authenticated and user.is_active) or user.has_role(Role.STATE):
        return False
    if user.has_role(Role.REGIONAL, Role.CURATION):
        return True
    writing = user.memberships.filter(role__in=MemberRole.WRITERS)
    return bool(writing.filter(stakeholder__status__in=Status.TAKING_PART).exists())


@rules.predicate
def suggested_it(user: Any, offering: Any = None) -> bool:
    """Return whether the user wrote it, or writes for the stakeholder that suggests it."""
    if offering is None or not user.is_authenticated:
        return False
    if offering.suggested_for_id is None:
        return bool(offering.suggested_by_id == user.pk)
    writing = user.memberships.filter(role__in=MemberRole.WRITERS)
    return bool(writing.filter(stakeholder=offering.suggested_for_id).exists())


rules.add_perm("coordination.suggest_offering", suggests)
rules.add_perm("coordination.curate_offerings", curates)
for _name in ("write", "submit", "take_back"):
    rules.add_perm(f"coordination.{_name}_offering", suggested_it)
for _name in ("publish", "return", "decline", "remove"):
    rules.add_perm(f"coordination.{_name}_offering", is_visible & curates)
