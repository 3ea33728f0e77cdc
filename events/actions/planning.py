"""What the board stands on: its grid, the rooms and when they are closed, the official items."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from events.actions.keeping import keep
from events.actions.placing import programme_of
from events.models import Closure, Event, MeetingLink, OfficialItem, Programme, Proposal, Room


def plan(event: Event, *, actor: User, values: Mapping[str, Any]) -> Programme:
    """Set the slots of a day, the rest between meetings, and from when on changes are marked."""
    with transaction.atomic():
        programme = programme_of(event, actor)
        changed = [name for name, value in values.items() if getattr(programme, name) != value]
        for name in changed:
            setattr(programme, name, values[name])
        if changed:
            programme.save(update_fields=changed)
            record(event, "events.event.plan", actor=actor, fields=sorted(changed))
    return programme


def save_room(room: Room, *, actor: User, interpretation: Iterable[Any], fields: Iterable[str] = ()) -> Room:
    """Keep a room, new or changed."""
    is_new = room.pk is None
    with transaction.atomic():
        programme_of(room.event, actor)
        room.save()
        room.interpretation.set(list(interpretation))
        if is_new:
            record(room.event, "events.event.add_room", actor=actor, room=room.pk)
        else:
            record(room.event, "events.event.change_room", actor=actor, room=room.pk, fields=sorted(fields))
    return room


def remove_room(room: Room, *, actor: User) -> None:
    """Remove a room that nothing is placed in, on the board or in the public programme."""
    with transaction.atomic():
        programme_of(room.event, actor)
        pk = room.pk
        try:
            with transaction.atomic():
                room.delete()
        except ProtectedError as used:
            raise WrongState(
                _("Something is placed in this room. Move it first, and release that.")
            ) from used
        record(room.event, "events.event.remove_room", actor=actor, room=pk)


def close_room(closure: Closure, *, actor: User) -> Closure:
    with transaction.atomic():
        programme_of(closure.room.event, actor)
        closure.save()
        record(
            closure.room.event,
            "events.event.close_room",
            actor=actor,
            room=closure.room_id,
            starts=closure.starts_at.isoformat(),
        )
    return closure


def reopen_room(closure: Closure, *, actor: User) -> None:
    with transaction.atomic():
        programme_of(closure.room.event, actor)
        closure.delete()
        record(closure.room.event, "events.event.reopen_room", actor=actor, room=closure.room_id)


def save_official(item: OfficialItem, *, actor: User, fields: Iterable[str] = ()) -> OfficialItem:
    """Keep an official item, new or changed; it is public with the next release."""
    is_new = item.pk is None
    with transaction.atomic():
        programme_of(item.event, actor)
        item.save()
        if is_new:
            record(item.event, "events.event.add_official", actor=actor, item=item.pk)
        else:
            record(
                item.event, "events.event.change_official", actor=actor, item=item.pk, fields=sorted(fields)
            )
    return item


def remove_official(item: OfficialItem, *, actor: User) -> None:
    with transaction.atomic():
        programme_of(item.event, actor)
        pk = item.pk
        item.delete()
        record(item.event, "events.event.remove_official", actor=actor, item=pk)


def add_link(meeting: Proposal, *, actor: User, kind: str, title: str, url: str) -> MeetingLink:
    """Lead to a document, recording or report of a meeting that is public."""
    with transaction.atomic():
        rows = Proposal.objects.select_for_update(no_key=True, of=("self",))
        kept = rows.select_related("event", "lead", "shown").get(pk=meeting.pk)
        if not actor.has_perm("events.add_link_proposal", kept):
            raise PermissionDenied
        if not kept.is_public:
            raise DomainError(_("A meeting has documents once the programme shows it."))
        link = MeetingLink.objects.create(proposal=kept, kind=kind, title=title, url=url, added_by=actor)
        record(kept, "events.proposal.add_link", actor=actor, kind=kind)
        keep(
            kept.event,
            kept,
            kind=kind,
            title=title,
            url=url,
            about=kept.summary,
            by=actor,
            language=kept.language_id or kept.event.language_id,
        )
    return link


def remove_link(link: MeetingLink, *, actor: User) -> None:
    with transaction.atomic():
        if not actor.has_perm("events.add_link_proposal", link.proposal):
            raise PermissionDenied
        if MeetingLink.objects.filter(pk=link.pk).delete()[0]:
            record(link.proposal, "events.proposal.remove_link", actor=actor, kind=link.kind)
