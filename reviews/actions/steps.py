"""Recording what sources say of a step. Nothing is overwritten: what is said later holds."""

from datetime import datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit.actions import record
from core.time_display import VIENNA
from notifications.follows.actions import drop_deadline, set_deadline, tell
from notifications.happenings.enums import Weight
from reviews.enums import StepStatus
from reviews.models import CountryReview, StepRecord
from reviews.queries.mechanism import deadlines, today
from taxonomy.law.models import Cluster, Instrument
from taxonomy.places.models import Country
from taxonomy.places.queries import regions_of

RECORDED, DEADLINE = "reviews.step_recorded", "reviews.deadline"


def record_step(
    review: CountryReview,
    *,
    actor: Any,
    cluster: Cluster,
    step: Any,
    status: str,
    source_kind: str,
    source: str,
    instrument: Instrument | None = None,
    date: str = "",
    source_url: str = "",
    source_date: str = "",
    note: str = "",
    is_demo: bool = False,
) -> StepRecord:
    """Add what a source says of one step of one phase; followers of the review hear of it.

    `actor` None is a load. Dates are partial, see `reviews.dates`. Raises PermissionDenied.
    """
    if actor is not None and not actor.has_perm("reviews.record_step"):
        raise PermissionDenied
    with transaction.atomic():
        # One at a time, so that the deadlines are counted from all that is recorded.
        CountryReview.objects.select_for_update().get(pk=review.pk)
        made = StepRecord.objects.create(
            review=review,
            cluster=cluster,
            step=step,
            instrument=instrument,
            status=status,
            date=date,
            source_kind=source_kind,
            source=source,
            source_url=source_url,
            source_date=source_date,
            note=note,
            recorded_by=actor,
            is_demo=is_demo,
        )
        record(
            review,
            "reviews.step_recorded",
            actor=actor,
            step=step.pk,
            cluster=cluster.pk,
            status=status,
            record=made.pk,
        )
        tell(
            RECORDED,
            review,
            key=f"record:{made.pk}",
            terms=terms_of(review.country, cluster, instrument),
            weight=Weight.STEP if status in StepStatus.KNOWN else Weight.NEWS,
            url_name="reviews:review",
            url_args=[review.country_id],
            facts={
                "country": review.country_id,
                "step": step.pk,
                "cluster": cluster.pk,
                "status": status,
                "date": date,
                "source": source[:200],
            },
        )
        count_deadlines(review)
    return made


def terms_of(country: Country, cluster: Cluster, instrument: Instrument | None) -> list[str]:
    """What a record concerns, as followers name it."""
    terms = [f"review:{country.pk}", f"country:{country.pk}", f"cluster:{cluster.pk}"]
    terms += [f"region:{code}" for code in regions_of().get(country.pk, ())]
    return terms + ([f"instrument:{instrument.pk}"] if instrument else [])


def count_deadlines(review: CountryReview) -> int:
    """Set the reminders of every deadline that lies ahead and drop the others; returns how many are set."""
    ahead = 0
    for due in deadlines(review):
        name = f"{due.cluster.pk}:{due.step.pk}"
        if due.done or due.day < today():
            drop_deadline(review, name)
            continue
        ahead += 1
        set_deadline(
            DEADLINE,
            review,
            name,
            datetime.combine(due.day, time(23, 59), tzinfo=VIENNA),
            terms=terms_of(review.country, due.cluster, None),
            url_name="reviews:review",
            url_args=[review.country_id],
            facts={
                "country": review.country_id,
                "step": due.step.pk,
                "cluster": due.cluster.pk,
                "day": due.day.isoformat(),
            },
        )
    return ahead
