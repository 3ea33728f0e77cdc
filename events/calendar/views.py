"""The public calendar as a list, day by day, month by month, as a file and as a feed; and one event."""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.people.decorators import page_view
from accounts.people.forms import zone_field
from core.calendar_links import adding, subscribing
from core.cards import Card, card, card_response
from core.facets import Chip
from core.views import calendar_answer
from events.calendar.filters import RARE, USUAL, EventFilter
from events.calendar.queries import (
    AGENDA_DAYS,
    COMING,
    FIRST_YEAR,
    INDEXED,
    LAST_YEAR,
    PAST,
    agenda,
    count_choices,
    countries_on_it,
    event_parts_of,
    events_on_calendar,
    for_feed,
    for_file,
    month,
    next_after,
)
from events.events.dates import known_clock, when
from events.events.enums import EventKind, EventStatus
from events.events.files import atom_of, calendar_of, entry_of, linked_data, place_of
from events.events.models import Event
from events.events.queries import changes_of, first_start
from events.events.views import visible_event
from events.hooks import strongest_act
from search.spelling import did_you_mean
from stakeholders.entries.queries import written_for_by

PER_PAGE = 25


@page_view(public=True)
def event_list(request: HttpRequest) -> HttpResponse:
    filters = _event_filter(request)
    rows = filters.qs.past() if filters.is_past else filters.qs.coming()
    frame = _frame(request, filters, "list")
    numbers = {code: number for code, _label, number in frame["tabs"]}
    paginator: Any = Paginator(rows, PER_PAGE)
    paginator.count = numbers[frame["tab"]]  # counted with the choices
    page = paginator.get_page(request.GET.get("page"))
    months = [(first, list(events)) for first, events in groupby(page.object_list, _month_of)]
    elsewhere = sum(numbers.values())
    better = None if elsewhere else _better_spelling(request, frame["words"], frame["tab"])
    context = {**frame, "page": page, "months": months, "elsewhere": elsewhere, "better": better}
    return _render(request, "events/calendar/list.html", context)


def _better_spelling(request: HttpRequest, words: str, tab: str) -> Chip | None:
    """Return the question with another spelling that finds events of this tab, or else of the other."""
    better = did_you_mean(request.user, words, INDEXED) if words else None
    if not better:
        return None
    data = request.GET.copy()
    data["q"] = better
    filters = _event_filter(request, data)
    numbers = {COMING: filters.qs.coming().count(), PAST: filters.qs.past().count()}
    tab = tab if numbers[tab] else max(numbers, key=numbers.__getitem__)
    query = urlencode([*filters.question, *([("when", PAST)] if tab == PAST else [])])
    return Chip(better, f"?{query}", numbers[tab]) if numbers[tab] else None


def _month_of(event: Event) -> date | None:
    """Return the month of the event's first day in its own zone; None for an event without a date."""
    return event.starts_at.astimezone(event.clock).date().replace(day=1) if event.starts_at else None


@page_view(public=True)
def event_agenda(request: HttpRequest) -> HttpResponse:
    """Four weeks, day by day; on each day what lasts on it."""
    filters = _event_filter(request)
    try:
        first = parse_date(request.GET.get("from", "")) or localdate()
    except ValueError:
        first = localdate()
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        first = localdate()
    days = agenda(filters.qs, first)
    after = first + timedelta(days=AGENDA_DAYS)
    context = {
        **_frame(request, filters, "agenda"),
        "days": days,
        "first": first,
        "last": after - timedelta(days=1),
        "before": first - timedelta(days=AGENDA_DAYS),
        "after": after,
        "next_one": None if days else next_after(filters.qs, after),
        "today": localdate(),
    }
    return _render(request, "events/calendar/agenda.html", context)


@page_view(public=True)
def event_month(request: HttpRequest, year: int | None = None, number: int | None = None) -> HttpResponse:
    today = localdate()
    year, number = (today.year, today.month) if year is None or number is None else (year, number)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12):
        raise Http404
    filters = _event_filter(request)
    first = date(year, number, 1)
    last = first.replace(day=monthrange(year, number)[1])
    weeks = month(filters.qs, year, number)
    context = {
        **_frame(request, filters, "month"),
        "weeks": weeks,
        "first": first,
        "before": first - timedelta(days=1) if first.year > FIRST_YEAR or number > 1 else None,
        "after": last + timedelta(days=1) if last.year < LAST_YEAR or number < 12 else None,
        "today": today,
        "anything": any(day.events for week in weeks for day in week if not day.outside),
    }
    return _render(request, "events/calendar/month.html", context)


@page_view(public=True)
def calendar_file(request: HttpRequest) -> HttpResponse:
    """All that the filters find, coming and past, cancelled ones marked, for a calendar to subscribe to."""
    filters = _event_filter(request)
    page = settings.SITE_URL + reverse("events:list") + _question(filters)
    text = calendar_of(for_file(filters.qs), name=_name_of(filters), url=page)
    return calendar_answer(request, text, "events.ics")


@page_view(public=True)
def feed(request: HttpRequest) -> HttpResponse:
    """What was published last, as the filters ask."""
    filters = _event_filter(request)
    text = atom_of(
        for_feed(filters.qs),
        title=_name_of(filters),
        link=settings.SITE_URL + reverse("events:list") + _question(filters),
        own=settings.SITE_URL + request.get_full_path(),
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _event_filter(request: HttpRequest, data: QueryDict | None = None) -> EventFilter:
    """Return the filter of `data`, or of the address."""
    rows: QuerySet[Event] = events_on_calendar(request.user)
    return EventFilter(data or request.GET, rows, countries=countries_on_it(request.user), request=request)


def _name_of(filters: EventFilter) -> str:
    """Return the name of the calendar that holds what these filters find."""
    labels = [filters.label_of(name, code) for name, code in filters.question]
    return _("Events: %(asked)s") % {"asked": ", ".join(labels)} if labels else _("WhatsOn: events")


def _question(filters: EventFilter) -> str:
    return f"?{urlencode(filters.question)}" if filters.question else ""


def _frame(request: HttpRequest, filters: EventFilter, here: str) -> dict[str, Any]:
    """Return the context that list, agenda and month have in common."""
    when = [("when", PAST)] if filters.is_past and here == "list" else []
    user: Any = request.user
    counted = _count(filters, here)
    rare = filters.facets(RARE, counted, with_numbers=here == "list")
    return {
        "facets": filters.facets(USUAL, counted, with_numbers=here == "list"),
        "rare": rare,
        "rare_chosen": any(facet.chosen for facet in rare),
        "tabs": [(code, label, counted["when"][code]) for code, label in filters.form.fields["when"].choices],
        "tab": PAST if when else COMING,
        "here": here,
        "words": dict(filters.question).get("q", ""),
        "query": urlencode(filters.question),
        "params": QueryDict(urlencode([*filters.question, *when])),
        "chips": filters.chips(*when),
        "without_filters": f"?{urlencode(when)}",
        "not_understood": filters.not_understood,
        "narrows": bool(filters.question) or bool(when),
        "calendars": subscribing(
            settings.SITE_URL + reverse("events:calendar_file") + _question(filters), _name_of(filters)
        ),
        "may_propose": written_for_by(user).exists(),
    }


def _count(filters: EventFilter, here: str) -> dict[str, Counter[str]]:
    """Return how many events of the list's tab, or else of any time, each choice leads to."""
    grounds: dict[str, Any] = {name: filters.without(name) for name in (*USUAL, *RARE)}
    if here == "list":
        grounds = {name: rows.past() if filters.is_past else rows.coming() for name, rows in grounds.items()}
    return count_choices({"when": filters.qs, **grounds})


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page of the calendar; where htmx brings it, its address holds only what was chosen."""
    response = render(request, template, context)
    if request.htmx:  # type: ignore[attr-defined]
        query = context["params"].urlencode()
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return response


# --- One event as everybody sees it, and its file for a calendar -------------------------------------


@page_view(public=True)
def by_number(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect(visible_event(request, pk))


@page_view(public=True)
def event_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    event = visible_event(request, pk)
    if slug != event.slug:
        return redirect(event, permanent=event.status in EventStatus.SHOWN)
    user: Any = request.user
    languages = list(event.languages.in_order())
    codes = [language.pk for language in languages]
    is_shown = event.status in EventStatus.SHOWN
    is_ahead = is_shown and not event.is_over
    changes = changes_of(event) if is_shown else []
    parts = event_parts_of(user, event)
    context = {
        "event": event,
        "is_shown": is_shown,
        "card": _card_of(event) if is_shown else None,
        "languages": languages,
        "topics": list(event.topics.in_order()),
        "parts": parts,
        "act": None if event.is_cancelled else strongest_act(parts),
        "held_with": list(events_on_calendar(user).filter(part_of=event).order_by("starts_at", "pk")),
        "changes": changes,
        "linked_data": linked_data(user, event, codes, first_start(changes)) if is_shown else "",
        "zones": [] if user.is_authenticated else zone_field().choices,
        "clock": known_clock(request.GET.get("clock")),
        # A past event offers neither.
        "is_ahead": is_ahead,
        "calendars": adding(entry_of(event)) if is_ahead and event.starts_at else None,
        "at_desk": user.has_perm("events.run_events"),
        "is_own": user.has_perm("events.change_event", event) and event.organizer_id is not None,
    }
    return render(request, "events/calendar/event.html", context)


def _card_of(event: Event) -> Card:
    kind = _("Event") if event.kind == EventKind.OTHER else event.kind_label
    return card(kind, event.told_title[0], when(event).text, place_of(event))


@page_view(public=True)
def event_card(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    rows = Event.objects.visible_to(AnonymousUser()).select_related("body", "country", "language")
    return card_response(request, _card_of(get_object_or_404(rows, pk=pk)), version)


@page_view(public=True)
def event_file(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """For a calendar. An event that has no date is on none."""
    event = visible_event(request, pk)
    if event.starts_at is None or event.status not in EventStatus.SHOWN:
        raise Http404
    if slug != event.slug:
        return redirect("events:event_file", pk, event.slug)
    text = calendar_of([event], name=event.told_title[0])
    return calendar_answer(request, text, f"event-{event.pk}.ics")
