"""The calendar in the registries of the apps below."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import declare_erased, kept_lists
from accounts.people.enums import Role
from events.actions.releasing import index_meetings
from events.demo import load_demo_calendar
from events.queries import calendar, events
from events.registry import calendar_sources, found_with
from news.hooks import item_texts
from notifications.hooks import Channel, kind, target
from search.hooks import register
from stakeholders.entries.rules import acts_for_somebody, holds
from stakeholders.hooks import demo_parts, profile_panels
from taxonomy.hooks import Panel, country_panels

kept_lists.register("events.body", (Role.CURATION, Role.ADMINISTRATOR))
register("events.event", events.documents, label=_("Event"))
item_texts.register("events.event", events.item_texts)
register("events.proposal", events.meetings, label=_("Meeting"))
found_with.register("events.proposal", index_meetings)
country_panels.register("events", Panel(30, ("country",), calendar.in_country, "events/_country.html"))
profile_panels.register("events", Panel(20, (), calendar.of_stakeholder, "events/_profile.html"))
demo_parts.register("events.calendar", load_demo_calendar)
calendar_sources.register("followed", calendar.followed)
calendar_sources.register("organized", calendar.organized)
declare_erased(_("The addresses of your calendar"), "events.calendaraddress.user")


def _runs_events(user: Any) -> bool:
    return holds(user, Role.EVENTS)


EVENTS = pgettext_lazy("group of messages", "Events")
target(
    "event",
    label=_("Event"),
    labels=events.titles_seen,
    path=lambda code: reverse("events:by_number", args=[code]),
    brings=_("That it is moved or cancelled, and its start 14 and 3 days ahead. It is in your own calendar."),
)
_CHANGES = frozenset(("event_moved", "event_cancelled"))
for _name, _label, _mail in (
    ("event_published", _("An event is published"), Channel.DAILY),
    ("event_moved", _("An event is moved"), Channel.AT_ONCE),
    ("event_cancelled", _("An event is cancelled"), Channel.AT_ONCE),
    ("event_near", _("An event begins soon"), Channel.AT_ONCE),
):
    kind(
        f"events.{_name}",
        label=_label,
        group=EVENTS,
        mail=_mail,
        still_visible=events.is_shown,
        readers=events.readers_of_change if _name in _CHANGES else events.readers,
        seen=events.seen,
    )
for _name, _label in (
    ("published", _("Your event is on the calendar")),
    ("returned", _("The desk asks you about your event")),
    ("refused", _("The desk does not take your event")),
):
    kind(
        f"events.yours_{_name}",
        label=_label,
        group=_("Your events"),
        essential=True,
        still_visible=events.theirs,
        concerns=acts_for_somebody,
    )
kind(
    "events.arrived",
    label=_("A stakeholder's event waits for the desk"),
    group=_("Work of the desk"),
    still_visible=events.theirs,
    concerns=_runs_events,
)
