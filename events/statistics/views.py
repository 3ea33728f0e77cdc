"""An event in numbers, as a page and for spreadsheets."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now

from accounts.people.decorators import page_view
from core.small_numbers import FEWEST
from core.spreadsheets import csv_text
from events.events.models import Event
from events.statistics.queries import StatisticsTable, tables_of

HEADS = (
    "event_id",
    "event",
    "table",
    "table_name",
    "code",
    "label",
    "number",
    "fewer_than",
    "exported_at_utc",
)


@page_view(public=True)
def statistics(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    event, tables = _event_and_tables(request, pk)
    if event.slug != slug:
        return redirect("events:statistics", pk, event.slug, permanent=True)
    context = {"event": event, "tables": tables, "fewest": FEWEST}
    return render(request, "events/statistics/statistics.html", context)


@page_view(public=True)
def statistics_table(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One line for each cell; `number` is empty where it is fewer than five, and `fewer_than` says so."""
    event, tables = _event_and_tables(request, pk)
    lines: list[list[Any]] = []
    at = f"{now():%Y-%m-%dT%H:%M:%SZ}"
    for table in tables:
        for row in table.rows:
            hidden = row.number is None
            lines.append(
                [
                    event.pk,
                    event.told_title[0],
                    table.name,
                    table.title,
                    row.code,
                    row.label,
                    "" if hidden else row.number,
                    FEWEST if hidden else "",
                    at,
                ]
            )
    response = HttpResponse(csv_text(HEADS, *lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="event-{pk}-numbers.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _event_and_tables(request: HttpRequest, pk: int) -> tuple[Event, list[StatisticsTable]]:
    """Return the event and its tables.

    Tables about people are shown once the event has begun; who runs events sees them before.
    """
    event = get_object_or_404(Event.objects.visible_to(request.user).shown(), pk=pk)
    runs = request.user.has_perm("events.run_registrations", event)
    return event, tables_of(event, with_people=runs or event.has_started)
