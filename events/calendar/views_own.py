"""The address of one's own calendar: made, shown once, revoked; and the calendar that is read there."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, page_view
from accounts.people.requests import SignedIn
from core import ics
from core.calendar_links import subscribing
from core.views import calendar_answer
from events.calendar.actions import make_address, person_at, revoke_address
from events.calendar.models import CalendarAddress
from events.calendar.queries import MOST_IN_FILE, for_file, own_calendar
from events.events.files import entry_of
from events.programme.files import entry_of as meeting_entry
from events.programme.queries import ReleasedMeeting, marked_meetings

MOST_MEETINGS = 100


@page_view(fresh=True)
def own_calendar_page(request: SignedIn) -> HttpResponse:
    """What is in one's calendar, and whether it has an address."""
    address = CalendarAddress.objects.visible_to(request.user).live().first()
    rows = own_calendar(request.user).coming()[:25]
    context = {
        "address": address,
        "events": rows,
        "meetings": marked_meetings(request.user, coming=True)[:MOST_MEETINGS],
    }
    return render(request, "events/calendar/own_calendar.html", context)


@act_view(fresh=True)
def make(request: SignedIn) -> HttpResponse:
    """The answer shows the address, which no page shows again."""
    actor: Any = request.user
    address, secret = make_address(actor=actor)
    url = settings.SITE_URL + reverse("events:own_file", args=[secret])
    context = {"address": address, "url": url, "calendars": subscribing(url, _("WhatsOn: my events"))}
    return render(request, "events/calendar/own_address.html", context)


@act_view()
def revoke(request: SignedIn, pk: int) -> HttpResponse:
    actor: Any = request.user
    revoke_address(get_object_or_404(CalendarAddress.objects.visible_to(actor), pk=pk), actor=actor)
    messages.success(request, _("The address is revoked. It no longer works."))
    return redirect("events:own_calendar")


@page_view(public=True)
def own_file(request: HttpRequest, token: str) -> HttpResponse:
    """Return the calendar of whoever has this address, without signing in; 404 once it is revoked."""
    person = person_at(token)
    if person is None:
        raise Http404
    name = _("WhatsOn: my events")
    entries = [entry_of(event) for event in for_file(own_calendar(person))]
    marked = marked_meetings(person)[:MOST_IN_FILE]
    entries += [meeting_entry(shown.proposal.event, ReleasedMeeting.of(shown, person)) for shown in marked]
    response = calendar_answer(request, ics.calendar(entries, name=name), "my-events.ics")
    patch_cache_control(response, private=True, no_cache=True)
    return response
