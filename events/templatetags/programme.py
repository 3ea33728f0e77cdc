"""How hours of a programme are told. None of these asks the database."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.loops import render_loop
from core.time_display import hours_between, place_of
from events.events.models import Event
from events.programme.models import Room
from events.programme.queries import Day, ProgrammeLine
from taxonomy.names.sorting import content_language

register = template.Library()


@register.simple_tag
def begins(starts: datetime, zone: str, own_zone: str = "") -> SafeString:
    """Return the hour of the beginning, in the event's zone and in the reader's.

    For who is not signed in the script adds the second one, by the zone of the machine.
    """
    its = starts.astimezone(ZoneInfo(zone))
    if not own_zone:
        return format_html(
            '<time datetime="{}" data-zone="{}" data-own-clock="{}">{}</time>',
            its.isoformat(timespec="minutes"),
            zone,
            _("{} your time"),
            f"{its:%H:%M}",
        )
    return format_html(
        '<time datetime="{}">{}</time>{}',
        its.isoformat(timespec="minutes"),
        f"{its:%H:%M}",
        _own(its, own_zone),
    )


@register.simple_tag
def span(starts: datetime, ends: datetime, zone: str, own_zone: str = "") -> SafeString:
    """Return "Monday, 3 May 2027, 09:00–10:00 Vienna time (10:00–11:00 in Nairobi)"."""
    first, last = starts.astimezone(ZoneInfo(zone)), ends.astimezone(ZoneInfo(zone))
    label = _("%(day)s, %(hours)s, %(place)s time") % {
        "day": date_format(first, "l, j F Y"),
        "hours": hours_between(first, last),
        "place": place_of(zone),
    }
    own: str | SafeString = ""
    if own_zone:
        own = _own(first, own_zone)
    attributes = (
        "" if own_zone else format_html(' data-zone="{}" data-own-clock="{}"', zone, _("{} your time"))
    )
    return format_html(
        '<time datetime="{}"{}>{}</time>{}', first.isoformat(timespec="minutes"), attributes, label, own
    )


@register.simple_tag
def hours(starts: datetime, ends: datetime, zone: str) -> str:
    """Return the hours of a day in the event's zone: "09:00–10:15"."""
    return hours_between(starts.astimezone(ZoneInfo(zone)), ends.astimezone(ZoneInfo(zone)))


@register.simple_tag(takes_context=True)
def meeting(context: Context, line: ProgrammeLine) -> SafeString:
    """Render one line of a programme."""
    return render_loop("events/programme/line.jinja", line=line, **_line_context(context))


@register.simple_tag(takes_context=True)
def programme_rows(context: Context, day: Day) -> SafeString:
    """Render the rows of one day: an hour, what is official, and what is held in each room."""
    return render_loop(
        "events/programme/rows.jinja",
        day=day,
        begins=partial(begins, zone=context["zone"], own_zone=context["own_zone"]),
        **_line_context(context),
    )


def _line_context(context: Context) -> dict[str, Any]:
    """Return the context that the lines of a page have in common."""
    return {
        "base": context["base"],
        "signed_in": context["user"].is_authenticated,
        "cancelled": pgettext("a meeting", "Cancelled"),
        "changed": _("Changed on %(day)s, after the programme was fixed"),
        "on_agenda": _("On my agenda"),
        "add": _("Add to my agenda"),
        "day_of": lambda moment: date_format(localtime(moment), "j F"),
    }


@register.filter
def where(place: Mapping[str, Any], event: Event) -> str:
    """Return one side of a change: "Room A, 3 May, 09:00–10:00"."""
    if not place:
        return ""
    starts, ends = (
        datetime.fromisoformat(place[name]).astimezone(event.clock) for name in ("starts", "ends")
    )
    facts = {
        "room": room_then(place),
        "day": date_format(starts, "D j F"),
        "hours": hours_between(starts, ends),
    }
    return (_("%(room)s, %(day)s, %(hours)s") if place["room"] else _("%(day)s, %(hours)s")) % facts


def room_then(place: Mapping[str, Any]) -> str:
    """Return the room of one side of a change, in the reader's language where it was translated."""
    return str(place.get("rooms", {}).get(content_language(), place["room"]))


@register.filter
def room_name(room: Room, event: Event) -> SafeString:
    """Return the name of a room, with its language."""
    name, language = room.text_for_reader("name", event.language_id)
    return format_html('<bdi lang="{}">{}</bdi>', language, name)


@register.filter
def value_of(table: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping holds for a key; "" where it holds nothing."""
    return table.get(key, "")


@register.filter
def among(pk: int, pks: Any) -> bool:
    return pk in pks


def _own(its: datetime, own_zone: str) -> SafeString:
    own = its.astimezone(ZoneInfo(own_zone))
    if own.utcoffset() == its.utcoffset():
        return SafeString("")
    clock = f"{own:%H:%M}" if own.date() == its.date() else f"{date_format(own, 'D')} {own:%H:%M}"
    label = _("%(time)s in %(place)s") % {"time": clock, "place": place_of(own_zone)}
    return format_html(' <span class="own-clock">({})</span>', label)
