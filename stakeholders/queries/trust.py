"""Who writes from a trusted mail domain, and what they are promised."""

from typing import Any

from django.conf import settings

from stakeholders.models import TrustedDomain


def is_trusted(user: Any) -> bool:
    """Whether the address, which signing in has confirmed, is at a domain of the list or below one."""
    host = (getattr(user, "email", "") or "").rpartition("@")[2].casefold().rstrip(".")
    labels = host.split(".")
    above = [".".join(labels[place:]) for place in range(len(labels) - 1)]
    return bool(above) and TrustedDomain.objects.standing().filter(domain__in=above).exists()


def promised_days(user: Any) -> int:
    """In how many working days the desk decides on an application of this person."""
    if is_trusted(user):
        return settings.STAKEHOLDERS_TRUSTED_DAYS
    return settings.STAKEHOLDERS_VETTING_DAYS
