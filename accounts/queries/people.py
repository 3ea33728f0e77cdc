import zoneinfo
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.timezone import now

from accounts.enums import Role
from accounts.models import Consent, Grant, LegalVersion, User

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
