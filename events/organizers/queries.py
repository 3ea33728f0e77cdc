"""Who may be asked to organize a meeting together."""

from typing import Any

from django.db.models import Q

from events.proposals.models import Proposal
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder


def partners_to_ask(user: Any, proposal: Proposal, words: str) -> list[Stakeholder]:
    """Return at most ten stakeholders with these words in the name that can still be invited."""
    if len(words) < 2:
        return []
    invited = proposal.partners.values("stakeholder_id")
    stakeholders = (
        Stakeholder.objects.visible_to(user)
        .filter(status__in=Status.TAKING_PART)
        .filter(Q(name__icontains=words) | Q(acronym__icontains=words) | Q(name_latin__icontains=words))
        .exclude(pk=proposal.lead_id)
        .exclude(pk__in=invited)
    )
    return list(stakeholders.select_related("country").distinct().order_by("sort_key", "pk")[:10])
