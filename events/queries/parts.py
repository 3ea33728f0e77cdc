"""What the pages of one event say of its proposals."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count

from events.models import Event, Proposal, ProposalRound


def event_part(user: Any, event: Event) -> Mapping[str, Any] | None:
    """The round, where there is one that has been announced, and the person's own proposals for it."""
    rules = ProposalRound.objects.filter(event=event, opens_at__isnull=False).first()
    if rules is None:
        return None
    signed_in = user.is_authenticated and user.is_active
    own = Proposal.objects.of_people(user).filter(event=event) if signed_in else Proposal.objects.none()
    return {"rules": rules, "event": event, "own": list(own.select_related("lead").order_by("pk")[:20])}


def desk_part(user: Any, event: Event) -> Mapping[str, Any] | None:
    """How many proposals stand where."""
    if not user.has_perm("events.review_proposals"):
        return None
    rules = ProposalRound.objects.filter(event=event).first()
    rows = Proposal.objects.visible_to(user).filter(event=event).exclude(submitted_at=None)
    numbers = dict(rows.order_by().values_list("status").annotate(number=Count("pk")))
    return {"rules": rules, "event": event, "numbers": numbers, "sent": sum(numbers.values())}
