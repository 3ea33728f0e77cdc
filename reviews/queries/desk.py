"""What the desk's pages of reviews list."""

from typing import Any

from django.db.models import QuerySet

from reviews.models import Correction, CountryReview, ReviewImport, StepRecord
from taxonomy.names.sorting import content_language

OPEN, ANSWERED = "open", "answered"


def corrections(user: Any, state: str = OPEN) -> QuerySet[Correction]:
    """Those that wait, the oldest first; or those answered, the newest first."""
    rows = Correction.objects.visible_to(user).select_related("review__country")
    if state == ANSWERED:
        return rows.exclude(answered_at=None).order_by("-answered_at", "-pk")
    return rows.filter(answered_at=None).order_by("at", "pk")


def for_page(user: Any) -> QuerySet[Correction]:
    return Correction.objects.visible_to(user).select_related(
        "review__country", "reporter", "answered_by", "record"
    )


def imports(user: Any) -> QuerySet[ReviewImport]:
    return ReviewImport.objects.visible_to(user).select_related("sent_by").defer("text")


def reviews_by_name() -> QuerySet[CountryReview]:
    """In the order of the names in the language in use."""
    return CountryReview.objects.select_related("country", "group").order_by(
        f"country__sort_{content_language()}", "pk"
    )


def records_of(review: CountryReview) -> QuerySet[StepRecord]:
    """Everything ever recorded of a review, the newest first."""
    rows = StepRecord.objects.filter(review=review)
    return rows.select_related("step", "cluster", "instrument", "recorded_by").order_by("-recorded_at", "-pk")
