"""Hide, restore or take down events and meetings because of a report."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.text import clean_block
from events.events.actions import NEAR, keep_reminder, lock_event, people_who_write, refresh_index_and_pages
from events.events.models import Event
from events.proposals.actions import index_meeting, lock_proposal
from events.proposals.actions_speakers import tell_cancelled
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal
from events.proposals.queries import people_of
from events.rescheduling.actions import CANCELLED, tell_change
from notifications.follows.actions import drop_deadline
from stakeholders.moderation.actions import tell_whose_it_is
from workflow.moves.actions import move
from workflow.moves.enums import permission


def moderate_event(event: Event, name: str, *, actor: Any, reason: str = "", note: str = "") -> Event:
    """Suspend, restore or remove a stakeholder's event; its organizer is informed of the reason.

    Whoever is registered keeps their place while it is hidden. Once it is taken down they are informed as of
    a cancelled event, without the note, which is for the organizer alone.
    """
    with transaction.atomic():
        event = lock_event(event)
        if not actor.has_perm(permission(event, name), event):
            raise PermissionDenied
        if event.organizer_id is None:
            raise DomainError(
                _("This is an event of the United Nations. Please cancel it from its own page.")
            )
        was_off = event.is_cancelled
        decision = move(
            event, name, actor=actor, reason=reason, note=clean_block(note), sequence=event.sequence + 1
        )
        refresh_index_and_pages(event)
        if name == "restore":
            keep_reminder(event)
        else:
            drop_deadline(event, NEAR)
        tell_whose_it_is(
            event, decision, people_who_write(event.organizer_id), url_name="events:own", url_args=[event.pk]
        )
        if name == "remove" and not was_off:
            tell_change(event, CANCELLED, actor=actor, note="")
    return event


def moderate_proposal(
    proposal: Proposal, name: str, *, actor: Any, reason: str = "", note: str = ""
) -> Proposal:
    """Suspend, restore or remove a meeting of a programme. It keeps its number, its time and its room."""
    with transaction.atomic():
        proposal = lock_proposal(proposal, actor, permission(proposal, name))
        decision = move(proposal, name, actor=actor, reason=reason, note=clean_block(note), version=None)
        index_meeting(proposal)
        if name == "remove" and decision.from_status != ProposalStatus.CANCELLED:
            # Without the note: the reason goes to the organizers alone.
            tell_cancelled(proposal, decision)
        tell_whose_it_is(
            proposal, decision, people_of(proposal), url_name="events:proposal", url_args=[proposal.pk]
        )
    return proposal
