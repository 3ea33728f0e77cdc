"""Who acts for a stakeholder."""

from accounts.models import User
from audit.actions import record
from stakeholders.enums import MemberRole
from stakeholders.models import Membership, Stakeholder


def add_member(stakeholder: Stakeholder, user: User, *, role: MemberRole, actor: User) -> Membership:
    """Let a person act for a stakeholder; whoever is one already stays as they are.

    Called by acts that have asked for their own permission, such as an approval.
    """
    membership, new = Membership.objects.get_or_create(
        stakeholder=stakeholder, user=user, defaults={"role": role}
    )
    if new:
        record(stakeholder, "stakeholders.member_added", actor=actor, role=role.value, person=user.pk)
    return membership
