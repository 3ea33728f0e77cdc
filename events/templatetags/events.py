"""How events are told on pages. None of these asks the database."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.events import dates
from events.events.enums import EventReason
from events.events.files import parts_of_place, place_of
from events.events.models import Event
from stakeholders.moderation.enums import Why

register = template.Library()

LOOKS = {
    "draft": "quiet",
    "submitted": "waiting",
    "returned": "waiting",
    "published": "done",
    "refused": "refused",
    "cancelled": "refused",
    "withdrawn": "quiet",
    "hidden": "refused",
    "removed": "refused",
}


def reader_zone(request: Any) -> str:
    """Return the zone of the reader's account; a visitor may name one in the address."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return str(user.time_zone)
    return dates.known_clock(request.GET.get("clock")) if request is not None else ""


@register.simple_tag(takes_context=True)
def event_when(context: Context, event: Event) -> SafeString:
    """Return when it is by its own clock, and by the reader's where that differs.

    What is kept and rendered without a request is given the reader's as `readers_zone`.
    """
    span = dates.when(event, context.get("readers_zone") or reader_zone(context.get("request")))
    moment = event.starts_at.astimezone(event.clock).isoformat() if event.starts_at else ""
    text = format_html('<time datetime="{}">{}</time>', moment, span.text) if moment else span.text
    if not span.own:
        return format_html("{}", text)
    own = _("your time: %(when)s") % {"when": span.own}
    return format_html('{} <span class="own-clock">{}</span>', text, own)


@register.filter
def plain_when(event: Event) -> str:
    """Return the time in the event's zone, without markup."""
    return dates.when(event).text


@register.filter
def hour(event: Event) -> str:
    return dates.hour(event)


@register.filter
def first_day(event: Event) -> Any:
    return dates.days_of(event)[0]


@register.filter
def event_place(event: Event) -> str:
    return place_of(event)


@register.filter
def event_place_html(event: Event) -> SafeString:
    """Return the parts isolated by direction: "Abu Dhabi" comes first in Arabic, too."""
    comma = pgettext("between the parts of an address", ", ")
    return format_html_join(comma, "<bdi>{}</bdi>", ((part,) for part in parts_of_place(event)))


@register.filter
def event_reason(code: str) -> str:
    """Return why the desk did not take an event, or took it down, in words."""
    return str(dict([*Why.choices, *EventReason.choices]).get(code, code))


@register.filter
def event_look(event: Event) -> str:
    return LOOKS[event.status]


@register.filter
def going(event: Event) -> str:
    """Return cancelled, under way or over; "" while the event is still to come."""
    if event.is_cancelled:
        return pgettext("an event", "Cancelled")
    if event.is_over:
        return pgettext("an event", "Over")
    if event.starts_at and event.starts_at <= now():
        return pgettext("an event", "Under way")
    return ""


@register.filter
def going_look(event: Event) -> str:
    return "refused" if event.is_cancelled else "quiet" if event.is_over else "info"
