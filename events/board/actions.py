"""The board: where and when each meeting is to be held; the desk's alone until a release."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record, record_many
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from events.board.queries import BY_DEFAULT, is_within
from events.events.models import Event
from events.programme.models import Placement, Programme, Room
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal


class WantedPlace(NamedTuple):
    """Where a meeting is to be held: instants are aware."""

    proposal: Proposal
    room: Room
    starts_at: datetime
    ends_at: datetime


def lock_programme(event: Event, actor: User) -> Programme:
    """Lock the programme of the event and return it, so that acts on one board come one after the other."""
    if not actor.has_perm("events.plan_programme", event):
        raise PermissionDenied
    Programme.objects.get_or_create(event=event, defaults={"slots": BY_DEFAULT})
    return Programme.objects.select_for_update(no_key=True).get(event=event)


def place(wanted: WantedPlace, *, actor: User, was: datetime | None = None) -> Placement:
    """Put one meeting on the board, or move it there.

    `was`: when the placement that the person saw was changed. Raises WrongState where somebody else has moved
    the meeting since, and DomainError for a time outside of the event. Clashes are shown as warnings and
    refuse nothing.
    """
    event = wanted.proposal.event
    with transaction.atomic():
        lock_programme(event, actor)
        placement = Placement.objects.filter(proposal=wanted.proposal).first()
        if was is not None and placement is not None and placement.changed_at != was:
            raise WrongState(
                _("Another person has moved this meeting in the meantime. Check the scheduler again.")
            )
        _refuse(wanted, event)
        placed = _save_placement(wanted, placement, actor)
        record(
            wanted.proposal,
            "events.proposal.place",
            actor=actor,
            room=wanted.room.pk,
            starts=wanted.starts_at.isoformat(),
        )
    return placed


def take_off(proposal: Proposal, *, actor: User) -> None:
    """Take a meeting off the board; what is public stays until the next release."""
    with transaction.atomic():
        lock_programme(proposal.event, actor)
        if Placement.objects.filter(proposal=proposal).delete()[0]:
            record(proposal, "events.proposal.unplace", actor=actor)


def place_all(event: Event, wanted: Collection[WantedPlace], *, actor: User) -> int:
    """Place all of these meetings, or none; return how many have another place than before."""
    with transaction.atomic():
        lock_programme(event, actor)
        placements = Placement.objects.in_bulk([place_wanted.proposal.pk for place_wanted in wanted])
        moved = []
        for place_wanted in wanted:
            _refuse(place_wanted, event)
            place_now = placements.get(place_wanted.proposal.pk)
            if place_now is None or _differs(place_now, place_wanted):
                moved.append(place_wanted)
        Placement.objects.bulk_create(
            [
                Placement(
                    proposal=place_wanted.proposal,
                    room=place_wanted.room,
                    starts_at=place_wanted.starts_at,
                    ends_at=place_wanted.ends_at,
                    changed_at=now(),
                    changed_by=actor,
                )
                for place_wanted in moved
            ],
            update_conflicts=True,
            unique_fields=["proposal"],
            update_fields=["room", "starts_at", "ends_at", "changed_at", "changed_by"],
        )
        record_many([place_wanted.proposal for place_wanted in moved], "events.proposal.place", actor=actor)
        if moved:
            record(event, "events.event.load_programme", actor=actor, number=len(moved))
    return len(moved)


def _save_placement(wanted: WantedPlace, placement: Placement | None, actor: User) -> Placement:
    placed = placement or Placement(proposal=wanted.proposal)
    placed.room, placed.starts_at, placed.ends_at = wanted.room, wanted.starts_at, wanted.ends_at
    placed.changed_at, placed.changed_by = now(), actor
    placed.save()
    return placed


def _differs(placed: Placement, wanted: WantedPlace) -> bool:
    return (placed.room_id, placed.starts_at, placed.ends_at) != (
        wanted.room.pk,
        wanted.starts_at,
        wanted.ends_at,
    )


def _refuse(wanted: WantedPlace, event: Event) -> None:
    if wanted.proposal.event_id != event.pk or wanted.room.event_id != event.pk:
        raise DomainError(_("The meeting and the room have to be of this event."))
    if wanted.proposal.status != ProposalStatus.ACCEPTED:
        raise WrongState(_("Only an accepted meeting can be placed."))
    if wanted.ends_at <= wanted.starts_at:
        text = _("The end has to come after the start.")
        raise DomainError(text, fields={"ends": text})
    if not is_within(event, wanted.starts_at, wanted.ends_at):
        text = _("This is before or after the event.")
        raise DomainError(text, fields={"slot": text})


for _name, _text in (
    ("place", gettext_lazy("%(actor)s placed the meeting")),
    ("unplace", gettext_lazy("%(actor)s removed the meeting from the board")),
):
    sentence(f"events.proposal.{_name}", _text)
