"""The corrections that the desk has."""

from typing import Any

from django.db.models import QuerySet

from reviews.corrections.models import Correction

OPEN, ANSWERED = "open", "answered"


def corrections(user: Any, state: str = OPEN) -> QuerySet[Correction]:
    """Return the pending corrections, the oldest first; or the answered ones, the newest first."""
    rows = Correction.objects.visible_to(user).select_related("review__country")
    if state == ANSWERED:
        return rows.exclude(answered_at=None).order_by("-answered_at", "-pk")
    return rows.filter(answered_at=None).order_by("at", "pk")


def for_page(user: Any) -> QuerySet[Correction]:
    return Correction.objects.visible_to(user).select_related(
        "review__country", "reporter", "answered_by", "record"
    )
