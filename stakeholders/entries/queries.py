"""Who acts for whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Upper

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from core.text import fold
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import KEY_LENGTH, Membership, Stakeholder


def is_member(user: Any) -> bool:
    """Return whether the person takes part through an approved, unsuspended stakeholder."""
    return user.has_perm("stakeholders.take_part")


def written_for_by(user: Any) -> QuerySet[Stakeholder]:
    """Return the stakeholders that take part and that the person administers or edits."""
    if not (user.is_authenticated and user.is_active):
        return Stakeholder.objects.none()
    acting = Membership.objects.filter(user=user, role__in=MemberRole.WRITERS)
    return Stakeholder.objects.filter(
        pk__in=acting.values("stakeholder_id"), status__in=Status.TAKING_PART
    ).order_by("sort_key", "pk")


def people_who_vet() -> QuerySet[User]:
    """Return the people of the desk who decide on applications."""
    return holders_of(Role.VETTING).order_by("pk")


def admins_of(stakeholder: int) -> QuerySet[User]:
    """Return the people who administer the stakeholder of this number and whose accounts are open."""
    led = Membership.objects.filter(stakeholder_id=stakeholder, role=MemberRole.ADMIN)
    return User.objects.filter(is_active=True, pk__in=led.values("user")).order_by("pk")


def holds_membership(stakeholder: Stakeholder, address: str) -> bool:
    """Return whether the holder of an address, proved to be theirs, is a member already."""
    proved = {"user__emailaddress__email__iexact": address, "user__emailaddress__verified": True}
    return Membership.objects.filter(stakeholder=stakeholder, **proved).exists()


def people_of(ids: Collection[int], *, roles: Collection[str] = ()) -> dict[int, list[Membership]]:
    """Return the memberships of each of these stakeholders, with their accounts."""
    memberships = Membership.objects.filter(stakeholder__in=ids, user__is_active=True)
    if roles:
        memberships = memberships.filter(role__in=roles)
    people: dict[int, list[Membership]] = defaultdict(list)
    for membership in memberships.select_related("user").order_by("stakeholder_id", "joined_at", "pk"):
        people[membership.stakeholder_id].append(membership)
    return people


def entry_of(user: Any, pk: int) -> Stakeholder | None:
    return Stakeholder.objects.visible_to(user).select_related("country").filter(pk=pk).first()


def entries_named(user: Any, names: Iterable[str], *, demo: bool = False) -> dict[str, Stakeholder]:
    """Return name → the public entry of that name or acronym, without names that two entries have.

    With `demo` entries of the demonstration alone, else real ones alone.
    """
    keys = {name: fold(name)[:KEY_LENGTH] for name in names}
    if not keys:
        return {}
    acronyms = {name.upper() for name in keys}
    rows = Stakeholder.objects.visible_to(user).listed_publicly().filter(is_demo=demo)
    entries: dict[str, set[Stakeholder]] = {}
    named = Q(name_key__in=keys.values()) | Q(sort_key__in=keys.values())
    rows = rows.alias(upper=Upper("acronym")).select_related("logo")
    for entry in rows.filter(named | Q(upper__in=acronyms)):
        for key in {entry.name_key, entry.sort_key, fold(entry.acronym)} - {""}:
            entries.setdefault(key, set()).add(entry)
    return {name: next(iter(entries[key])) for name, key in keys.items() if len(entries.get(key, ())) == 1}
