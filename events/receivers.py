"""What follows from a saved row: the index is brought in line."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from events.proposals.models import Proposal
from search.actions import index


@receiver(post_save, sender=Proposal, dispatch_uid="events.index.proposal")
def index_meeting(instance: Proposal, **_said: Any) -> None:
    """One that nobody sees yet has no document; it gets one by the release that shows it."""
    if instance.public_at is not None:
        index(instance)
