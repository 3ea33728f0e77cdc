"""The board on the desk's page of an event, and what its release tells."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.board.actions_releasing import TOLD, index_meetings
from events.board.queries import acceptable
from events.events.models import Event
from events.hooks import Part, desk_parts, found_with
from events.programme.queries import programme_of
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal
from notifications.hooks import kind


def _desk(user: Any, event: Event) -> Mapping[str, Any] | None:
    if not event.has_programme or not user.has_perm("events.plan_programme", event):
        return None
    meetings = acceptable(event)
    return {
        "programme": programme_of(event),
        "accepted": meetings.count(),
        "waiting": meetings.filter(placement=None).count(),
    }


def _seen(user: Any, pk: int | None) -> bool:
    return pk is not None and Proposal.objects.visible_to(user).filter(pk=pk).exists()


def _seen_by(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """What is told of is public, so that everybody may see it while its event is shown."""
    shown = Proposal.objects.filter(
        pk__in={pk for _person, pk in pairs},
        public_at__isnull=False,
        event__status__in=("published", "cancelled"),
    ).exclude(status__in=ProposalStatus.OUT_OF_VIEW)
    there = set(shown.values_list("pk", flat=True))
    return {pair for pair in pairs if pair[1] in there}


desk_parts.register("programme", Part(10, _desk, "events/board/_part.html"))
kind(
    TOLD,
    label=_("When and where your meetings, or those you marked, are held"),
    group=pgettext_lazy("group of messages", "Events"),
    still_visible=_seen,
    seen=_seen_by,
)

found_with.register("events.proposal", index_meetings)
