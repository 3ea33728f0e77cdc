"""Who holds which role, what somebody has agreed to, and whose an address is."""

import zoneinfo
from typing import Any

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import Consent, Grant, LegalVersion, User

LEGAL_CACHE_KEY = "accounts:legal-versions"


def current_versions() -> dict[str, str]:
    """The versions in force, as {kind: version}; kept for a minute, since every signed-in page asks."""
    versions = cache.get(LEGAL_CACHE_KEY)
    if versions is None:
        in_force = LegalVersion.objects.filter(published_at__lte=now()).order_by("published_at", "pk")
        versions = dict(in_force.values_list("kind", "version"))
        cache.set(LEGAL_CACHE_KEY, versions, timeout=60)
    return versions


def missing_consents(user: User) -> dict[str, str]:
    """What the person has not yet agreed to, as {kind: version}."""
    versions = current_versions()
    given = set(Consent.objects.filter(user=user).values_list("kind", "version")) if versions else set()
    return {kind: version for kind, version in versions.items() if (kind, version) not in given}


def holders_of(*roles: str) -> QuerySet[User]:
    """Whose accounts are open and who hold one of these roles now, wherever."""
    holders = Grant.objects.live().filter(role__in=roles).values("user")
    return User.objects.filter(pk__in=holders, is_active=True)


def administrators() -> QuerySet[User]:
    return holders_of(Role.ADMINISTRATOR)


def zone_of(user: Any) -> zoneinfo.ZoneInfo:
    """The person's time zone; Vienna's where theirs is not known."""
    try:
        return zoneinfo.ZoneInfo(user.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("Europe/Vienna")


# --- Whose an address is. One that nobody has proved yet is nobody's ---------------------------------


def person_with_address(address: str) -> User | None:
    """Whose account is open and has proved that this address is theirs."""
    return User.objects.filter(
        emailaddress__email__iexact=address.strip(), emailaddress__verified=True, is_active=True
    ).first()


def is_waiting(user: User) -> bool:
    """Has signed up and has not yet proved any address: nobody has ever been in this account."""
    return user.is_active and not EmailAddress.objects.filter(user_id=user.pk, verified=True).exists()


def is_taken(address: str, *, by_other_than: User | None = None) -> bool:
    """Whether another account has this address. One that waits, or only wants to change to it, has not."""
    own = by_other_than.pk if by_other_than else 0
    if EmailAddress.objects.filter(email__iexact=address, verified=True).exclude(user_id=own).exists():
        return True
    other = User.objects.filter(email__iexact=address).exclude(pk=own).first()
    return other is not None and not is_waiting(other)
