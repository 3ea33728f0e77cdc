"""Recording what sources say of a review. Nothing is overwritten: what is said later holds."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from core.local_times import last_minute_of
from notifications.follows.actions import drop_deadline, set_deadline, tell
from notifications.happenings.enums import Weight
from reviews.mechanism.enums import StepStatus
from reviews.mechanism.queries import today
from reviews.tracker.models import CountryReview, FocalPoint, ReviewDocument, StepRecord
from reviews.tracker.queries_deadlines import deadlines
from taxonomy.curation.actions import save_row
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

    `actor` None is a load. Dates are partial, see `core.partial_dates`. Raises PermissionDenied.
    """
    if actor is not None and not actor.has_perm("reviews.record_step"):
        raise PermissionDenied
    with transaction.atomic():
        # One at a time, so that the deadlines are counted from all that is recorded.
        CountryReview.objects.select_for_update().get(pk=review.pk)
        step_record = StepRecord.objects.create(
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
            record=step_record.pk,
        )
        tell(
            RECORDED,
            review,
            key=f"record:{step_record.pk}",
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
    return step_record


def terms_of(country: Country, cluster: Cluster, instrument: Instrument | None) -> list[str]:
    """Return the terms that a record concerns, as followers name them."""
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
            last_minute_of(due.day),
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


# --- What the desk knows of a review beside its steps: group, starts, focal point, documents ---------


def save_facts[R: (CountryReview, FocalPoint, ReviewDocument)](row: R, *, actor: User) -> R:
    """Save as the desk left it, with a revision of what changed. Raises PermissionDenied."""
    if not actor.has_perm("reviews.keep_reviews"):
        raise PermissionDenied
    with transaction.atomic():
        saved = save_row(row, actor=actor)
        if isinstance(saved, CountryReview):
            count_deadlines(saved)
    return saved


# --- What is done to reviews, as sentences -----------------------------------------------------------

sentence(
    "reviews.step_recorded",
    _("%(actor)s recorded a step (%(step)s, phase %(cluster)s): %(status)s"),
    labels={"status": dict(StepStatus.choices)},
)
