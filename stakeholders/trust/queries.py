"""Who writes from a trusted mail domain, and how far a source is trusted."""

from typing import Any, NamedTuple

from django.conf import settings

from stakeholders.entries.models import Stakeholder
from stakeholders.trust.enums import Trust
from stakeholders.trust.models import SourceTrust, TrustedDomain


def is_trusted(user: Any) -> bool:
    """Return whether the address, which signing in has confirmed, is at a domain of the list or below one."""
    host = (getattr(user, "email", "") or "").rpartition("@")[2].casefold().rstrip(".")
    labels = host.split(".")
    above = [".".join(labels[place:]) for place in range(len(labels) - 1)]
    return bool(above) and TrustedDomain.objects.standing().filter(domain__in=above).exists()


def promised_days(user: Any) -> int:
    """Return in how many working days the desk decides on an application of this person."""
    if is_trusted(user):
        return settings.STAKEHOLDERS_TRUSTED_DAYS
    return settings.STAKEHOLDERS_VETTING_DAYS


# --- How far those are trusted who send something for publication ------------------------------------


class Levels(NamedTuple):
    person: Trust
    stakeholder: Trust
    domain: Trust

    @property
    def lowest(self) -> Trust:
        return min(self)


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].casefold()


def levels_of(user: Any, stakeholder: Stakeholder) -> Levels:
    """Return how far a person, a stakeholder and a mail domain are trusted; without a word: read first.

    A mail domain on the desk's list of trusted ones counts as trusted, unless the desk says otherwise here.
    """
    domain = domain_of(user.email)
    levels = {"person": Trust.READ_FIRST, "stakeholder": Trust.READ_FIRST, "domain": Trust.READ_FIRST}
    if TrustedDomain.objects.standing().filter(domain=domain).exists():
        levels["domain"] = Trust.TRUSTED
    rows = SourceTrust.objects.standing().select_related(None)
    for row in rows.filter(person=user) | rows.filter(stakeholder=stakeholder) | rows.filter(domain=domain):
        name = "person" if row.person_id else "stakeholder" if row.stakeholder_id else "domain"
        levels[name] = Trust(row.level)
    return Levels(**levels)
