"""Corrections of review pages: sent by anybody, answered by those who look after the reviews."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.data_rights.queries import addresses_of
from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from core.errors import WrongState
from notifications.outbox.actions import mail_address, notify
from reviews.corrections.models import Correction
from reviews.mechanism.enums import CorrectionOutcome
from reviews.tracker.models import CountryReview, StepRecord
from workflow.items.actions import close_items, open_item

KIND = "reviews.correction_answered"


def send_correction(
    review: CountryReview, *, actor: Any, text: str, source: str, language: str, address: str = ""
) -> Correction:
    """Tell the desk what is wrong or missing on a page, and where that can be read.

    `actor` is a person or a visitor; who it was stays with those who look after the reviews.
    """
    reporter = actor if actor.is_authenticated else None
    with transaction.atomic():
        sent = Correction.objects.create(
            review=review,
            text=text,
            source=source,
            reporter=reporter,
            address="" if reporter else address,
            language=reporter.language if reporter else language,
        )
        open_item(
            sent,
            "correction",
            waits_for=Role.REVIEWS,
            country=review.country_id,
            region=review.country.region_id or "",
        )
        record(sent, "reviews.corrected", actor=None, country=review.country_id)
    return sent


def forget_addresses(user: User) -> None:
    """Clear the addresses of a person who leaves from corrections that were sent before signing in."""
    theirs = addresses_of(user)
    Correction.objects.alias(low=Lower("address")).filter(low__in=theirs).update(address="")


def answer_correction(
    correction: Correction,
    *,
    actor: Any,
    outcome: str,
    answer: str = "",
    step_record: StepRecord | None = None,
) -> Correction:
    """Record the outcome; the sender gets `answer` in their language, where they can be reached.

    `step_record`: what was recorded because of it. Raises PermissionDenied, or WrongState once answered.
    """
    if not actor.has_perm("reviews.answer_correction", correction):
        raise PermissionDenied
    with transaction.atomic():
        won = Correction.objects.filter(pk=correction.pk, answered_at=None).update(
            outcome=outcome, answer=answer, answered_by=actor, answered_at=now(), record=step_record
        )
        if not won:
            raise WrongState(_("This correction has been answered already."))
        correction.refresh_from_db()
        close_items(correction)
        record(correction, "reviews.correction_answered", actor=actor, outcome=outcome)
        _tell(correction)
    return correction


def _tell(correction: Correction) -> None:
    country = correction.review.country_id
    facts = {"country": country, "outcome": correction.outcome, "answer": correction.answer}
    link: dict[str, Any] = {"url_name": "reviews:review", "url_args": [country]}
    key = f"correction:{correction.pk}"
    if correction.reporter:
        notify(correction.reporter, KIND, key=key, facts=facts, **link)
    elif correction.address:
        mail_address(correction.address, KIND, key=key, language=correction.language, facts=facts, **link)


# Who sent it is the desk's alone, and the log keeps nobody.
sentence("reviews.corrected", gettext_lazy("A correction came in."))
sentence(
    "reviews.correction_answered",
    gettext_lazy("%(actor)s answered the correction: %(outcome)s"),
    labels={"outcome": dict(CorrectionOutcome.choices)},
)
