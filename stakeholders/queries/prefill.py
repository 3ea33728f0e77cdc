"""Institutions of a public register that a person may see, to fill in an application with."""

from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from core.text import fold
from stakeholders.importing.fields import ror_id_of
from stakeholders.models import Stakeholder, StakeholderQuerySet

MOST = 8


def registered(user: Any) -> StakeholderQuerySet:
    """Everything with a ROR identifier that the person may see."""
    return Stakeholder.objects.visible_to(user).exclude(ror_id="")


def found(user: Any, said: str) -> list[Stakeholder]:
    """By identifier, or by name: those with these words inside, and those alike; the likest first."""
    entries = registered(user).select_related("country")
    if ror_id := ror_id_of(said.strip()):
        return list(entries.filter(ror_id=ror_id))
    key = fold(said)
    near = Q(name_key__contains=key) | Q(name_key__trigram_similar=key) | Q(sort_key__startswith=key)
    return list(
        entries.filter(near)
        .annotate(likeness=TrigramSimilarity("name_key", key))
        .order_by("-likeness", "pk")[:MOST]
    )


def answers_of(entry: Stakeholder) -> dict[str, Any]:
    """What the register says, as answers of an application."""
    return {
        "name": entry.name,
        "name_latin": entry.name_latin,
        "acronym": entry.acronym,
        "country": entry.country_id,
        "city": entry.city,
        "website": entry.website,
    }
