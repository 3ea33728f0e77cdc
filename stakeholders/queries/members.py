"""Who acts for whom."""

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from stakeholders.enums import MemberRole, Status
from stakeholders.models import Invitation, Membership, Stakeholder


def is_member(user: Any) -> bool:
    """Whether the person takes part through an approved, unsuspended stakeholder."""
    return user.has_perm("stakeholders.take_part")


def written_for_by(user: Any) -> QuerySet[Stakeholder]:
    """The stakeholders for which the person may write: administrator or editor of one that takes part."""
    if not (user.is_authenticated and user.is_active):
        return Stakeholder.objects.none()
    acting = Membership.objects.filter(user=user, role__in=MemberRole.WRITERS)
    return Stakeholder.objects.filter(
        pk__in=acting.values("stakeholder_id"), status__in=Status.TAKING_PART
    ).order_by("sort_key", "pk")


def people_who_vet() -> QuerySet[User]:
    """Those of the desk who decide on applications."""
    return holders_of(Role.VETTING).order_by("pk")


def members_of(stakeholder: Stakeholder, user: Any) -> QuerySet[Membership]:
    """The members with their people, administrators first, as far as `user` may see them."""
    roles = [When(role=role, then=Value(place)) for place, role in enumerate(MemberRole.values)]
    return (
        Membership.objects.visible_to(user)
        .filter(stakeholder=stakeholder)
        .select_related("user")
        .annotate(place=Case(*roles, output_field=IntegerField()))
        .order_by("place", "joined_at", "pk")
    )


def admins_of(stakeholder: int) -> QuerySet[User]:
    """The people who administer the stakeholder of this number and whose accounts are open."""
    led = Membership.objects.filter(stakeholder_id=stakeholder, role=MemberRole.ADMIN)
    return User.objects.filter(is_active=True, pk__in=led.values("user")).order_by("pk")


def holds_membership(stakeholder: Stakeholder, address: str) -> bool:
    """Whether the holder of an address, proved to be theirs, is a member already."""
    proved = {"user__emailaddress__email__iexact": address, "user__emailaddress__verified": True}
    return Membership.objects.filter(stakeholder=stakeholder, **proved).exists()


def open_invitations(stakeholder: Stakeholder, user: Any) -> QuerySet[Invitation]:
    """Neither accepted nor withdrawn, the latest first; nothing for whoever may not invite, but the desk."""
    return (
        Invitation.objects.visible_to(user)
        .open()
        .filter(stakeholder=stakeholder)
        .select_related("invited_by")
        .order_by("-expires_at", "-pk")
    )


def invitations_to(addresses: list[str]) -> list[Invitation]:
    """Those that wait for whoever has proved to hold these addresses."""
    waiting = Invitation.objects.good().filter(address__in=addresses)
    return list(waiting.select_related("stakeholder").order_by("expires_at", "pk"))
