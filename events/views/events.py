"""One event as everybody sees it, and its file for a calendar."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.people.forms import zone_field
from events.dates import known_clock
from events.enums import EventStatus
from events.files import calendar_of, linked_data
from events.models import Event
from events.queries.calendar import shown
from events.queries.events import changes_of, first_start
from events.registry import event_parts, parts_of
from events.views.calendar import as_calendar


def seen_event(request: HttpRequest, pk: int) -> Event:
    rows = Event.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("body", "organizer", "country", "part_of", "language"), pk=pk
    )


@require_safe
def by_number(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect(seen_event(request, pk))


@require_safe
def event_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    event = seen_event(request, pk)
    if slug != event.slug:
        return redirect(event, permanent=event.status in EventStatus.SHOWN)
    user: Any = request.user
    languages = list(event.languages.in_order())
    is_shown = event.status in EventStatus.SHOWN
    changes = changes_of(event) if is_shown else []
    context = {
        "event": event,
        "is_shown": is_shown,
        "languages": languages,
        "topics": list(event.topics.in_order()),
        "parts": parts_of(event_parts, user, event),
        "held_with": list(shown(user).filter(part_of=event).order_by("starts_at", "pk")),
        "changes": changes,
        "linked_data": linked_data(event, [one.pk for one in languages], first_start(changes))
        if is_shown
        else "",
        "zones": [] if user.is_authenticated else zone_field().choices,
        "clock": known_clock(request.GET.get("clock")),
        "at_desk": user.has_perm("events.run_events"),
        "is_own": user.has_perm("events.change_event", event) and event.organizer_id is not None,
    }
    return render(request, "events/event.html", context)


@require_safe
def event_file(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """For a calendar. An event that has no date is on none."""
    event = seen_event(request, pk)
    if event.starts_at is None or event.status not in EventStatus.SHOWN:
        raise Http404
    if slug != event.slug:
        return redirect("events:event_file", pk, event.slug)
    return as_calendar(calendar_of([event], name=event.told_title[0]), f"event-{event.pk}.ics")
