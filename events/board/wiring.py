"""The messages about a release, and the meetings that are indexed with their event."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.help_places import help_at
from events.board.actions_releasing import MEETING_SCHEDULED, index_meetings
from events.hooks import found_with
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal
from notifications.hooks import kind


def _public_meetings(_user: Any) -> QuerySet[Proposal]:
    """Return the public meetings: everybody may see them while their event is shown."""
    return Proposal.objects.filter(
        public_at__isnull=False, event__status__in=("published", "cancelled")
    ).exclude(status__in=ProposalStatus.OUT_OF_VIEW)


def _visible_pairs(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    public_ids = set(
        _public_meetings(None).filter(pk__in={pk for _person, pk in pairs}).values_list("pk", flat=True)
    )
    return {pair for pair in pairs if pair[1] in public_ids}


kind(
    MEETING_SCHEDULED,
    label=_("When and where your meetings, or those you marked, are held"),
    group=pgettext_lazy("group of messages", "Events"),
    among=_public_meetings,
    visible_pairs=_visible_pairs,
)

found_with.register("events.proposal", index_meetings)

help_at("events#programme", "events.board")
