"""An event in numbers, as a page and for spreadsheets."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.decorators import page_view
from core.small_numbers import FEWEST
from core.spreadsheets import Column, Table, table_response
from events.events.models import Event
from events.statistics.queries import StatisticsTable, tables_of


@page_view(public=True)
def statistics(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    event, tables = _event_and_tables(request, pk)
    if event.slug != slug:
        return redirect("events:statistics", pk, event.slug, permanent=True)
    context = {"event": event, "tables": tables, "fewest": FEWEST}
    return render(request, "events/statistics/statistics.html", context)


@page_view(public=True)
def statistics_table(request: HttpRequest, pk: int, slug: str, form: str) -> StreamingHttpResponse:
    event, tables = _event_and_tables(request, pk)
    table = Table(
        f"event-{pk}-numbers",
        _("Event in numbers"),
        _columns(event),
        page=reverse("events:statistics", args=[pk, event.slug]),
        notes=[(_("Event"), event.told_title[0])],
    )
    return table_response(form, table, [(table, row) for table in tables for row in table.rows])


def _columns(event: Event) -> list[Column]:
    """A row for each cell: (its table, itself)."""
    exported_at = now()
    suppressed = _("Empty where it, or another with it, is fewer than %(fewest)s.") % {"fewest": FEWEST}
    return [
        Column(_("Number of the event"), lambda cell: event.pk, "", "event_id"),
        Column(_("Event"), lambda cell: event.told_title[0], "", "event"),
        Column(_("Code of the table"), lambda cell: cell[0].name, "", "table"),
        Column(_("Table"), lambda cell: cell[0].title, "", "table_name"),
        Column(_("Code"), lambda cell: cell[1].code, "", "code"),
        Column(_("Name"), lambda cell: cell[1].label, "", "label"),
        Column(_("Number"), lambda cell: cell[1].number, suppressed, "number"),
        Column(_("Suppressed"), lambda cell: 1 if cell[1].number is None else None, "", "suppressed"),
        Column(_("Made at (UTC)"), lambda cell: exported_at, "", "exported_at_utc"),
    ]


def _event_and_tables(request: HttpRequest, pk: int) -> tuple[Event, list[StatisticsTable]]:
    """Return the event and its tables.

    Tables about people are shown once the event has begun; who runs events sees them before.
    """
    event = get_object_or_404(Event.objects.visible_to(request.user).shown(), pk=pk)
    runs = request.user.has_perm("events.run_registrations", event)
    return event, tables_of(event, with_people=runs or event.has_started)
