"""What a page tells of an event from its sources: who held it, side events, documents, who took part."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from events.events.enums import EventKind
from events.events.models import Event
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import entries_named
from taxonomy.places.models import Country


@dataclass(frozen=True, slots=True)
class Named:
    """An organization as a source names it, and its public entry where the directory has one."""

    name: str
    entry: Stakeholder | None


def parties_of(user: Any, event: Event) -> dict[str, Any] | None:
    """Who held and supported it, and whence the speakers came. One query, another for States."""
    lists = (event.organizer_names, event.co_organizer_names, event.speaker_institutions)
    if not any((*lists, event.supporting_states)):
        return None
    entries = entries_named(user, [name for names in lists for name in names])
    organizers, co_organizers, speakers = (_named(names, entries) for names in lists)
    return {
        "organizers": organizers,
        "co_organizers": co_organizers,
        "speakers": speakers,
        "states": list(Country.objects.filter(pk__in=event.supporting_states).in_order()),
    }


def _named(names: Iterable[str], entries: dict[str, Stakeholder]) -> list[Named]:
    return [Named(name, entries.get(name)) for name in names]


def side_events_of(user: Any, event: Event) -> dict[str, Any] | None:
    """What was held beside a session, by its time. One query."""
    rows = Event.objects.visible_to(user).shown().filter(part_of=event, kind=EventKind.SIDE_EVENT)
    found = list(rows.order_by("starts_at", "pk"))
    return {"events": found} if found else None


def sources_of(_user: Any, event: Event) -> dict[str, Any] | None:
    """Its documents, and how many took part as counted by whom. Two queries."""
    documents, attendance = list(event.documents.all()), list(event.attendance.all())
    return {"documents": documents, "attendance": attendance} if documents or attendance else None
