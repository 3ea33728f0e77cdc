"""Events in the registries of the apps below."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import kept_lists
from accounts.people.enums import Role
from core.desk_cards import desk_card
from core.help_places import help_at
from events.events import queries
from events.events.enums import EventStatus
from events.events.models import Event
from events.events.queries_sources import document_addresses, document_places
from news.hooks import item_texts
from notifications.hooks import Channel, asks_for_answer, kind, target
from resources.hooks import WatchedLinks, watched_links
from search.actions import index_many
from search.hooks import register
from stakeholders.entries.rules import acts_for_somebody, holds
from stakeholders.hooks import after_naming
from taxonomy.hooks import Place, Rows, Source, sources
from workflow.hooks import desk_pages, desk_roles, parties_on

EVENT = "events.event"


def _parties_on(event: Event) -> set[str]:
    """Whose matter a stakeholder's event is. One of the house is published by whoever wrote it."""
    if event.organizer_id is None:
        return set()
    return {f"person:{event.written_by_id}", event.party} - {"", "person:None"}


def _index_naming(entries: Collection[int], _hides: bool) -> None:
    index_many(EVENT, [*Event.objects.filter(organizer__in=entries).values_list("pk", flat=True)])


parties_on.register(EVENT, _parties_on)
after_naming.register(EVENT, _index_naming)
desk_pages.register(EVENT, "eventdesk:event")
desk_roles.register(EVENT, (Role.EVENTS,))

# --- The calendar in the registries of the apps below ------------------------------------------------

kept_lists.register("events.body", (Role.CURATION, Role.ADMINISTRATOR))
register("events.event", queries.documents, label=_("Event"))
item_texts.register("events.event", queries.item_texts)
watched_links.register("documents", WatchedLinks(document_addresses, document_places))


def _runs_events(user: Any) -> bool:
    return holds(user, Role.EVENTS)


def _sourced_events(_user: Any) -> list[Rows]:
    """Return the events of sources. One that is over does not change; one without a date needs one."""
    return [
        Rows(
            Event.objects.exclude(code=""),
            edited=Q(edited_by_hand=True),
            gone=Q(left_source=True),
            waiting=Q(status=EventStatus.SUBMITTED),
            dated=Q(ends_at__gte=now()),
            lacking=Q(starts_at=None, status=EventStatus.PUBLISHED),
            lacks=_("No date is known."),
            confirms=True,
            page=lambda row: reverse("eventdesk:event", args=[row.pk]),
        )
    ]


EVENTS = pgettext_lazy("group of messages", "Events")
target(
    "event",
    label=_("Event"),
    labels=queries.titles_seen,
    path=lambda code: reverse("events:by_number", args=[code]),
    brings=_("That it is moved or cancelled, and its start 14 and 3 days ahead. It is in your own calendar."),
)
_CHANGES = frozenset(("events.event_moved", "events.event_cancelled"))
for _name, _label, _mail in (
    ("events.event_published", _("An event is published"), Channel.DAILY),
    ("events.event_moved", _("An event is moved"), Channel.AT_ONCE),
    ("events.event_cancelled", _("An event is cancelled"), Channel.AT_ONCE),
    ("events.event_near", _("An event begins soon"), Channel.AT_ONCE),
):
    kind(
        _name,
        label=_label,
        group=EVENTS,
        mail=_mail,
        among=lambda _user: Event.objects.shown(),
        readers=queries.readers_of_change if _name in _CHANGES else queries.readers,
        visible_pairs=queries.pairs_seen,
    )
for _name, _label in (
    ("events.yours_published", _("Your event is on the calendar")),
    ("events.yours_returned", _("Questions about your event")),
    ("events.yours_refused", _("Your event was declined")),
):
    kind(
        _name,
        label=_label,
        group=_("Your events"),
        essential=True,
        among=Event.objects.visible_to,
        concerns=acts_for_somebody,
    )
asks_for_answer("events.yours_returned")
kind(
    "events.arrived",
    label=_("Event to review"),
    group=_("Work of the desk"),
    among=Event.objects.visible_to,
    concerns=_runs_events,
)

desk_card(
    "eventdesk:home",
    group="events",
    position=10,
    title=_("Events of the calendar"),
    text=_("Written, published, moved; and what stakeholders send."),
    permission="events.run_events",
    work=("look",),
    kind=EVENT,
    do=_("Review event"),
)

sources.register(
    "events",
    Source(
        position=70,
        title=_("Events of past years"),
        text=_("Sessions, dialogues, Congresses, trainings and side events, with documents and attendance."),
        terms=_("Facts with their source. Summaries are in our words."),
        rows=_sourced_events,
        keeper=Role.EVENTS,
        months=3,
        places=(Place(_("Open the events desk"), "eventdesk:home", "events.run_events"),),
    ),
)

help_at(
    "taking-part#own-events",
    "events:propose_event",
    "events:own_list",
    "events:own",
    "events:own_edit",
    "events:own_step",
    "events:own_check",
    "events:own_submit",
    "events:own_withdraw",
    "events:own_discard",
    "events:own_move",
    "events:own_cancel",
)
help_at("events#calendar", "eventdesk")
