"""The review of a country in a few words, for the pages about it."""

from collections.abc import Mapping
from typing import Any

from reviews.models import CountryReview, StepRecord
from reviews.queries.mechanism import phase_name
from taxonomy.law.models import Cluster


def of_country(user: Any, country: Any) -> Mapping[str, Any] | None:
    """None for a country or area that has no review. Two queries."""
    rows = CountryReview.objects.visible_to(user).select_related("group")
    review = rows.filter(country=country).first()
    if review is None:
        return None
    records = StepRecord.objects.visible_to(user).filter(review=review).current().known()
    return {
        "review": review,
        "country": country,
        "latest": records.select_related("step", "cluster").latest_first().first(),
    }


def names_seen(user: Any, codes: Any) -> dict[str, str]:
    """ISO3 → name, of the countries that have a review. For follows."""
    rows = CountryReview.objects.visible_to(user).filter(country__in=list(codes)).select_related("country")
    return {review.country_id: review.country.name for review in rows}


def phases_named(_user: Any, codes: Any) -> dict[str, str]:
    """Code → "Phase I: …". For follows; what phases there are is public."""
    return {
        cluster.pk: phase_name(cluster.pk, cluster.name)
        for cluster in Cluster.objects.filter(pk__in=list(codes))
    }
