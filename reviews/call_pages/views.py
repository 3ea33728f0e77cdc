"""Calls for contributions as everybody reads them."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import page_view
from core.cards import Card, card, card_response
from core.time_display import day_of, days_until, percent_passed
from core.views import calendar_answer
from reviews.call_pages import queries
from reviews.call_pages.feeds import calls_atom, closings_ics
from reviews.call_pages.filters import CallFilter, offered_choices
from reviews.calls import queries as calls_queries
from reviews.calls.enums import CallStatus
from reviews.calls.models import Call
from reviews.contributions.queries import numbers
from reviews.dialogues.models import Dialogue

CLOSED_PER_PAGE = 20
SHOWN_PER_PAGE = 20


@page_view(public=True)
def call_list(request: HttpRequest) -> HttpResponse:
    offered = offered_choices()
    filters = CallFilter(request.GET, calls_queries.public_calls(), offered=offered)
    chosen = dict(filters.question)
    calls = queries.find_calls(filters.qs)
    context = {
        "narrows": bool(chosen),
        "query": urlencode(filters.question),
        "calls": calls,
        "dialogues": Dialogue.objects.visible_to(request.user)
        .open_at()
        .for_page()
        .order_by("closes_at", "pk"),
        "closed": Paginator(calls.closed, CLOSED_PER_PAGE).get_page(request.GET.get("page")),
        "facets": [(name, filters.filters[name].label, chosen.get(name), offered[name]) for name in offered],
        "not_understood": filters.not_understood,
        "may_draft": request.user.has_perm("reviews.draft_call"),
    }
    return render(request, "reviews/call_pages/list.html", context)


@page_view(public=True)
def call_page(request: HttpRequest, pk: int) -> HttpResponse:
    call = _call(request, pk)
    period = calls_queries.period_of(call)
    published = Paginator(queries.published_contributions(call), SHOWN_PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "call": call,
        "period": period,
        "card": None if call.is_draft else _card_of(call),
        "closing": _closing(call) if period == calls_queries.Period.OPEN else {},
        "reader": queries.reader_of(request.user, call),
        "cancellation": queries.cancellation(call) if period == calls_queries.Period.CANCELLED else None,
        "numbers": numbers(call) if period == calls_queries.Period.CLOSED else None,
        "published": published,
        "query": {},
        "shown": queries.as_printed(published),
        "may_change": call.is_draft and request.user.has_perm("reviews.change_call", call),
    }
    return render(request, "reviews/call_pages/call.html", context)


def _card_of(call: Call) -> Card:
    closes = ""
    if call.closes_at and call.status == CallStatus.PUBLISHED:
        closes = _("until %(day)s") % {"day": day_of(call.closes_at, call.zone, ends=True)}
    return card(_("Call for contributions"), call.told_title[0], closes)


@page_view(public=True)
def call_card(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    rows = Call.objects.visible_to(AnonymousUser()).select_related("language")
    return card_response(request, _card_of(get_object_or_404(rows, pk=pk)), version)


def _closing(call: Call) -> dict[str, Any]:
    """For the bar of the days that are left; empty where it has no end."""
    opens, closes = call.opens_at, call.closes_at
    if not (opens and closes):
        return {}
    return {
        "days_left": days_until(closes, call.zone),
        "percent_passed": percent_passed(opens, closes),
        "closes_at": closes,
        "zone": call.zone,
    }


@page_view(public=True)
def closing_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The closing of one call for a calendar; with the longer time of the reader's own stakeholders."""
    call = _call(request, pk)
    if call.is_draft:
        raise Http404
    text = closings_ics([call], own=queries.own_closings(request.user, call))
    return calendar_answer(request, text, f"call-{call.pk}.ics")


@page_view(public=True)
def closings_file(request: HttpRequest) -> HttpResponse:
    """The closings of all calls, to subscribe to: the same for everybody."""
    return calendar_answer(request, closings_ics(queries.for_calendar()), "calls.ics")


@page_view(public=True)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest calls."""
    return _atom(request, queries.for_feed(), _("Calls for contributions"), closing=False)


@page_view(public=True)
def closing_feed(request: HttpRequest) -> HttpResponse:
    """Calls that close within a fortnight."""
    return _atom(request, queries.closing_soon(), _("Calls that close soon"), closing=True)


def _call(request: HttpRequest, pk: int) -> Call:
    call = queries.for_page(request.user, pk)
    if call is None:
        raise Http404
    return call


def _atom(request: HttpRequest, calls: Any, title: str, *, closing: bool) -> HttpResponse:
    text = calls_atom(
        calls,
        title=title,
        link=settings.SITE_URL + reverse("calls:list"),
        own=settings.SITE_URL + request.path,
        closing=closing,
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
