"""Events in the registries of the apps below."""

from typing import Any

from accounts.people.enums import Role
from events.models import Event
from workflow.hooks import after_move, desk_pages, desk_roles, parties_on
from workflow.items.actions import close_items, open_item, pause, resume

EVENT = "events.event"
LOOK = "look"


def _moved(event: Event, name: str, _decision: Any, _actor: Any) -> None:
    """What waits follows the event."""
    match name:
        case "submit":
            open_item(event, LOOK, waits_for=Role.EVENTS)
            resume(event)
        case "return":
            pause(event)
        case "publish" | "refuse" | "withdraw" | "cancel":
            close_items(event)


def _parties_on(event: Event) -> set[str]:
    """Whose matter a stakeholder's event is. One of the house is published by whoever wrote it."""
    if event.organizer_id is None:
        return set()
    return {f"person:{event.written_by_id}", event.party} - {"", "person:None"}


after_move.register(EVENT, _moved)
parties_on.register(EVENT, _parties_on)
desk_pages.register(EVENT, "eventdesk:event")
desk_roles.register(EVENT, (Role.EVENTS,))
