"""What a page tells of an event from its sources: who held it, side events, documents, who took part."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from events.events.enums import EventKind
from events.events.models import Event
from events.events.models_sources import EventDocument
from resources.records.identifiers import official_addresses
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import entries_named
from taxonomy.places.models import Country


@dataclass(frozen=True, slots=True)
class NamedParty:
    """An organization as a source names it, and its public entry where the directory has one."""

    name: str
    entry: Stakeholder | None


def parties_of(user: Any, event: Event) -> dict[str, Any] | None:
    """Return who held and supported the event, and from where its speakers came."""
    lists = (event.organizer_names, event.co_organizer_names, event.speaker_institutions)
    if not any((*lists, event.supporting_states)):
        return None
    entries = entries_named(user, [name for names in lists for name in names])
    organizers, co_organizers, speakers = (_named_parties(names, entries) for names in lists)
    return {
        "organizers": organizers,
        "co_organizers": co_organizers,
        "speakers": speakers,
        "states": list(Country.objects.filter(pk__in=event.supporting_states).in_order()),
    }


def _named_parties(names: Iterable[str], entries: dict[str, Stakeholder]) -> list[NamedParty]:
    return [NamedParty(name, entries.get(name)) for name in names]


def side_events_of(user: Any, event: Event) -> dict[str, Any] | None:
    """Return what was held beside a session, by its time."""
    rows = Event.objects.visible_to(user).shown().filter(part_of=event, kind=EventKind.SIDE_EVENT)
    events = list(rows.order_by("starts_at", "pk"))
    return {"events": events} if events else None


def sources_of(_user: Any, event: Event) -> dict[str, Any] | None:
    """Return its documents, and how many took part with who counted them."""
    documents, attendance = list(event.documents.all()), list(event.attendance.all())
    return {"documents": documents, "attendance": attendance} if documents or attendance else None


def document_addresses() -> set[str]:
    """Return the addresses to which symbols of documents lead, for the check of links."""
    return official_addresses(_documents().values_list("symbol", flat=True))


def document_places(user: Any, urls: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (address, event, page at the desk) of the documents that are at one of these addresses."""
    rows = _documents().filter(event__in=Event.objects.visible_to(user)).select_related("event")
    for document in rows.order_by("pk"):
        for url in official_addresses([document.symbol]) & urls:
            yield url, document.event.title, reverse("eventdesk:event", args=[document.event_id])


def _documents() -> QuerySet[EventDocument]:
    return EventDocument.objects.filter(event__in=Event.objects.shown()).exclude(symbol="")
