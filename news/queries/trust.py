"""How far those are trusted who send a story."""

from typing import Any, NamedTuple

from news.enums import Trust
from news.models import SourceTrust
from stakeholders.models import Stakeholder, TrustedDomain


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
    """Nobody of whom nothing is said is trusted or blocked. Two queries.

    A mail domain on the desk's list of trusted ones counts as trusted, unless the desk says otherwise here.
    """
    domain = domain_of(user.email)
    said = {"person": Trust.READ_FIRST, "stakeholder": Trust.READ_FIRST, "domain": Trust.READ_FIRST}
    if TrustedDomain.objects.standing().filter(domain=domain).exists():
        said["domain"] = Trust.TRUSTED
    rows = SourceTrust.objects.standing().select_related(None)
    for row in rows.filter(person=user) | rows.filter(stakeholder=stakeholder) | rows.filter(domain=domain):
        name = "person" if row.person_id else "stakeholder" if row.stakeholder_id else "domain"
        said[name] = Trust(row.level)
    return Levels(**said)
