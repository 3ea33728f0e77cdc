"""What the desk knows of a review beside its steps: group, starts, focal point, documents."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.people.models import User
from reviews.actions.steps import count_deadlines
from reviews.models import CountryReview, FocalPoint, ReviewDocument
from taxonomy.curation.actions import save_row


def save_facts[R: (CountryReview, FocalPoint, ReviewDocument)](row: R, *, actor: User) -> R:
    """Save as the desk left it, with a revision of what changed. Raises PermissionDenied."""
    if not actor.has_perm("reviews.keep_reviews"):
        raise PermissionDenied
    with transaction.atomic():
        saved = save_row(row, actor=actor)
        if isinstance(saved, CountryReview):
            count_deadlines(saved)
    return saved
