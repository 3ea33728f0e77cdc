"""Who acts for whom."""

from typing import Any

from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import Grant, User
from stakeholders.models import Membership


def is_member(user: Any) -> bool:
    """Whether the person takes part through an approved, unsuspended stakeholder."""
    return user.has_perm("stakeholders.take_part")


def memberships_of(user: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user).select_related("stakeholder").order_by("joined_at", "pk")


def people_who_vet() -> QuerySet[User]:
    """Those of the desk who decide on applications."""
    return User.objects.filter(
        is_active=True, pk__in=Grant.objects.live().filter(role=Role.VETTING).values("user")
    ).order_by("pk")
