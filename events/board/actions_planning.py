"""Planning of the board: its grid, the rooms and when they are closed, the official items."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from core.errors import WrongState
from events.board.actions import lock_programme
from events.events.models import Event
from events.programme.models import Closure, OfficialItem, Programme, Room


def plan(event: Event, *, actor: User, values: Mapping[str, Any]) -> Programme:
    """Set the slots of a day, the rest between meetings, and from when on changes are marked."""
    with transaction.atomic():
        programme = lock_programme(event, actor)
        changed = [name for name, value in values.items() if getattr(programme, name) != value]
        for name in changed:
            setattr(programme, name, values[name])
        if changed:
            programme.save(update_fields=changed)
            record(event, "events.event.plan", actor=actor, fields=sorted(changed))
    return programme


def save_room(room: Room, *, actor: User, interpretation: Iterable[Any], fields: Iterable[str] = ()) -> Room:
    """Save a room, new or changed."""
    is_new = room.pk is None
    with transaction.atomic():
        lock_programme(room.event, actor)
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
        lock_programme(room.event, actor)
        pk = room.pk
        try:
            with transaction.atomic():
                room.delete()
        except ProtectedError as used:
            raise WrongState(
                _("A meeting is placed in this room. Move it first, and release the change.")
            ) from used
        record(room.event, "events.event.remove_room", actor=actor, room=pk)


def close_room(closure: Closure, *, actor: User) -> Closure:
    with transaction.atomic():
        lock_programme(closure.room.event, actor)
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
        lock_programme(closure.room.event, actor)
        closure.delete()
        record(closure.room.event, "events.event.reopen_room", actor=actor, room=closure.room_id)


def save_official(item: OfficialItem, *, actor: User, fields: Iterable[str] = ()) -> OfficialItem:
    """Save an official item, new or changed; it is public with the next release."""
    is_new = item.pk is None
    with transaction.atomic():
        lock_programme(item.event, actor)
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
        lock_programme(item.event, actor)
        pk = item.pk
        item.delete()
        record(item.event, "events.event.remove_official", actor=actor, item=pk)


# --- What happened to programmes, as sentences -------------------------------------------------------

for _name, _text in (
    ("plan", gettext_lazy("%(actor)s changed how the programme is planned (%(fields)s)")),
    ("add_room", gettext_lazy("%(actor)s added a room to the programme")),
    ("change_room", gettext_lazy("%(actor)s changed a room of the programme (%(fields)s)")),
    ("remove_room", gettext_lazy("%(actor)s removed a room from the programme")),
    ("close_room", gettext_lazy("%(actor)s closed a room for some hours")),
    ("reopen_room", gettext_lazy("%(actor)s opened a room again")),
    ("add_official", gettext_lazy("%(actor)s added an official item to the programme")),
    ("change_official", gettext_lazy("%(actor)s changed an official item of the programme (%(fields)s)")),
    ("remove_official", gettext_lazy("%(actor)s removed an official item from the programme")),
    ("load_programme", gettext_lazy("%(actor)s placed meetings by a file (%(number)s)")),
):
    sentence(f"events.event.{_name}", _text)
