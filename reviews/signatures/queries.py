"""Who may be asked to sign."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Upper

from core.text import fold
from reviews.contributions.models import Contribution, CoSignature
from stakeholders.entries.enums import Status
from stakeholders.entries.models import KEY_LENGTH, Stakeholder

MOST_FOUND = 10


def signable(user: Any, contribution: Contribution, words: str) -> list[Stakeholder]:
    """Return at most ten stakeholders that `user` may find and ask, by a part of name or acronym."""
    key = fold(words)[:KEY_LENGTH]
    if len(key) < 2:
        return []
    asked_ids = CoSignature.objects.filter(contribution=contribution).values("stakeholder_id")
    rows = Stakeholder.objects.visible_to(user).filter(status__in=Status.TAKING_PART)
    named = Q(name_key__contains=key) | Q(sort_key__startswith=key) | Q(short=words.strip().upper())
    return list(
        rows.annotate(short=Upper("acronym"))
        .filter(named)
        .exclude(pk=contribution.stakeholder_id)
        .exclude(pk__in=asked_ids)
        .select_related("country")
        .order_by("sort_key", "pk")[:MOST_FOUND]
    )
