"""The programme in the registries of the apps below, and on the pages of its event."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.actions.releasing import TOLD
from events.demo_programme import load_demo_programme
from events.enums import ProposalStatus
from events.models import Event, Proposal
from events.queries.board import acceptable
from events.queries.programme import programme_of
from events.registry import Part, desk_parts, event_parts
from notifications.hooks import kind
from stakeholders.hooks import demo_parts


def _public(_user: Any, event: Event) -> Mapping[str, Any] | None:
    """The way to the programme, once a version of it is public."""
    programme = programme_of(event) if event.has_programme else None
    return {"programme": programme} if programme is not None and programme.released else None


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


event_parts.register("programme", Part(10, _public, "events/programme/_part.html"))
desk_parts.register("programme", Part(10, _desk, "events/board/_part.html"))
demo_parts.register("programme", load_demo_programme)
kind(
    TOLD,
    label=_("When and where your meetings, or those you marked, are held"),
    group=pgettext_lazy("group of messages", "Events"),
    still_visible=_seen,
    seen=_seen_by,
)
