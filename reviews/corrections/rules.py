"""Who answers corrections."""

from typing import Any

import rules

from reviews.mechanism.rules import keeps_reviews


@rules.predicate
def is_reporter(user: Any, correction: Any = None) -> bool:
    return correction is not None and user.is_authenticated and correction.reporter_id == user.pk


rules.add_perm("reviews.answer_correction", keeps_reviews & ~is_reporter)
