"""The programme of an event as everybody reads it, one meeting, and a person's own agenda."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core import ics, pdf
from core.errors import DomainError
from core.facets import Choice, Facet
from core.page_cache import cached_page, packed, unpacked
from core.spreadsheets import Table, table_response
from core.views import calendar_answer, refusal_as_warning
from events.events.models import Event
from events.meeting_reports.queries import held_of, report_on
from events.programme import queries
from events.programme.actions import add_link, remove_link, star, unstar
from events.programme.files import calendar, programme_columns
from events.programme.forms import LinkForm
from events.programme.programme_pdf import programme_pdf
from events.proposals import queries as proposals_queries
from events.proposals.enums import SpeakerStatus
from events.proposals.models import Proposal

# A page that is kept for visitors tells “now and next” as of this many seconds ago at most.
STALE_SECONDS = 120


@page_view(public=True)
def programme(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show the whole released programme on one page."""
    event = _event(request, pk)
    if event.slug != slug:
        return redirect("events:programme", pk, event.slug, permanent=True)
    bucket = int(now().timestamp()) // STALE_SECONDS
    version = f"programme:{queries.stamp_of(event)}:{bucket}"
    return cached_page(request, version, lambda: _programme(request, event))


def _programme(request: HttpRequest, event: Event) -> HttpResponse:
    lines = queries.lines_of(request.user, event)
    offered = queries.choices(lines)
    query = queries.ProgrammeQuery(
        **{name: _one_of(request.GET.get(name, ""), offered[name]) for name in queries.ProgrammeQuery._fields}
    )
    shown_lines = queries.narrow_lines(lines, query)
    running, coming = queries.on_now(lines)
    context = {
        "event": event,
        "programme": queries.programme_of(event),
        "days": queries.days_of(shown_lines),
        "total": sum(not line.is_official for line in shown_lines),
        "any": bool(lines),
        "query": query,
        "facets": [
            Facet(
                name,
                label,
                [Choice(*choice, None, choice[0] == getattr(query, name)) for choice in offered[name]],
            )
            for name, label in _labels().items()
            if offered[name]
        ],
        "running": running,
        "coming": coming,
        "base": _base(event),
        **_clocks(request, event),
    }
    return render(request, "events/programme/programme.html", context)


@page_view(public=True)
def changes(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show every version of the programme and what it changed."""
    event = _event(request, pk)
    context = {"event": event, "releases": queries.releases_of(event), **_clocks(request, event)}
    if not context["releases"]:
        raise Http404
    return render(request, "events/programme/changes.html", context)


@page_view(public=True)
def programme_calendar(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    event = _event(request, pk)
    name = _("Programme of %(event)s") % {"event": event.told_title[0]}

    def make() -> bytes:
        return packed(calendar(event, queries.released_meetings(AnonymousUser(), event), name=name).encode())

    # As everybody sees it, so that one cached copy serves all calendars that subscribe.
    key = f"programme-ics:packed:{settings.RELEASE}:{queries.stamp_of(event)}:{get_language()}"
    body: Any = cache.get_or_set(key, make, STALE_SECONDS)
    return calendar_answer(request, unpacked(request, body, content_type=ics.TYPE), f"programme-{pk}.ics")


@page_view(public=True)
def programme_table(request: HttpRequest, pk: int, slug: str, form: str) -> StreamingHttpResponse:
    event = _event(request, pk)
    table = Table(
        f"programme-{pk}",
        _("Programme"),
        programme_columns(event),
        page=reverse("events:programme", args=[pk, event.slug]),
        notes=[(_("Event"), event.told_title[0])],
    )
    return table_response(form, table, queries.lines_of(request.user, event))


@page_view(public=True)
def programme_paper(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Return the programme as PDF; 404 before the first version."""
    event = _event(request, pk)
    programme = queries.programme_of(event)
    if programme is None or not programme.released:
        raise Http404
    paper = programme_pdf(event, queries.lines_of(AnonymousUser(), event))
    return _file(paper, f"programme-{pk}.pdf", kind=pdf.TYPE)


@page_view()
def agenda(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Show the meetings that the person marked, with those that are held at the same time."""
    event = _event(request, pk)
    lines = queries.lines_of(request.user, event, starred_only=True)
    held = [line for line in lines if not line.cancelled]
    at_once = {
        pk
        for place, line in enumerate(held)
        for other in held[place + 1 :]
        if line.starts < other.ends and other.starts < line.ends
        for pk in (line.pk, other.pk)
    }
    context = {
        "event": event,
        "lines": lines,
        "at_once": at_once,
        "base": _base(event),
        **_clocks(request, event),
    }
    return render(request, "events/programme/agenda.html", context)


@page_view()
def agenda_calendar(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    event = _event(request, pk)
    user: Any = request.user
    mine = queries.released_meetings(user, event, starred_only=True)
    name = _("My agenda at %(event)s") % {"event": event.told_title[0]}
    return calendar_answer(request, calendar(event, mine, name=name), f"agenda-{pk}.ics")


@act_view()
def mark(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Put a meeting on one's agenda (`star`), or take it off (`unstar`); its number is the value."""
    event = _event(request, pk)
    user: Any = request.user
    act, text = (
        (star, request.POST["star"]) if "star" in request.POST else (unstar, request.POST.get("unstar", ""))
    )
    meeting = (
        _meeting(request, event, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else None
    )
    if meeting is None:
        raise Http404
    with refusal_as_warning(request):
        act(meeting, user=user)
    match request.POST.get("back"):
        case "meeting":
            return redirect("events:meeting", pk, event.slug, meeting.number)
        case "agenda":
            return redirect("events:own_agenda", pk, event.slug)
    return redirect(reverse("events:programme", args=[pk, event.slug]) + f"#m{meeting.number}")


@form_view(public=True)
def meeting(request: HttpRequest, pk: int, slug: str, number: int) -> HttpResponse:
    """Show one meeting with its time, place, organizers, speakers and links. A POST adds a link."""
    event = _event(request, pk)
    proposal = _meeting(request, event, number)
    if proposal is None:
        raise Http404
    user: Any = request.user
    may_add = proposal.is_public and user.has_perm("events.add_link_proposal", proposal)
    if request.method == "POST" and not may_add:
        raise Http404
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_link(proposal, actor=user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is on the page now."))
            return redirect("events:meeting", pk, event.slug, number)
    if event.slug != slug:
        return redirect("events:meeting", pk, event.slug, number, permanent=True)
    shown = getattr(proposal, "shown", None)
    speakers = list(proposal.speakers.exclude(status=SpeakerStatus.DECLINED))
    context = {
        "event": event,
        "meeting": proposal,
        "shown": None if shown is None or shown.is_off else shown,
        "is_off": bool(shown and shown.is_off),
        "is_cancelled": event.is_cancelled or proposal.status == "cancelled",
        "organizers": [proposal.lead, *queries.partners_of(proposal)],
        "speakers": [each for each in speakers if each.status == SpeakerStatus.CONFIRMED],
        "to_confirm": sum(each.status != SpeakerStatus.CONFIRMED for each in speakers),
        "spoken": proposal.spoken.in_order(),
        "interpretation": proposal.interpretation.in_order(),
        "themes": proposal.more_themes.in_order(),
        "supporting": proposal.supporting.in_order(),
        "links": proposal.meeting_links.all(),
        "report": report_on(user, event, proposal),
        "library": held_of(user, event, proposal),
        "starred": user.is_authenticated and proposal.stars.filter(user=user).exists(),
        "form": form,
        "may_add": may_add,
        **_clocks(request, event),
    }
    return render(request, "events/programme/meeting.html", context)


@act_view()
def unlink(request: SignedIn, pk: int, slug: str, number: int, link: int) -> HttpResponse:
    event = _event(request, pk)
    proposal = _meeting(request, event, number)
    document = proposal.meeting_links.select_related("proposal").filter(pk=link).first() if proposal else None
    user: Any = request.user
    if document is None or not user.has_perm("events.add_link_proposal", proposal):
        raise Http404
    remove_link(document, actor=user)
    messages.success(request, _("It is no longer on the page."))
    return redirect("events:meeting", pk, event.slug, number)


@page_view(public=True)
def meeting_calendar(request: HttpRequest, pk: int, slug: str, number: int) -> HttpResponse:
    event = _event(request, pk)
    shown = queries.released_meetings(request.user, event, number=number)
    if not shown:
        raise Http404
    text = calendar(event, shown, name=shown[0].title)
    return calendar_answer(request, text, f"meeting-{pk}-{number}.ics")


def _event(request: HttpRequest, pk: int) -> Event:
    event = queries.event_of(request.user, pk)
    if event is None or not event.has_programme:
        raise Http404
    return event


def _meeting(request: HttpRequest, event: Event, number: int) -> Proposal | None:
    return proposals_queries.meeting_of(request.user, event, number) if number < 2**31 else None


def _base(event: Event) -> str:
    """Return the address of the programme, to which the number of a meeting is added.

    One look-up for all meetings, since a page can have 130 of them.
    """
    return reverse("events:meeting", args=[event.pk, event.slug, 0]).removesuffix("0/")


def _one_of(value: str, offered: list[tuple[str, str]]) -> str:
    return value if any(value == code for code, _name in offered) else ""


def _labels() -> dict[str, str]:
    return {"day": _("Day"), "room": _("Room"), "theme": _("Theme"), "organizer": _("Organizer")}


def _clocks(request: HttpRequest, event: Event) -> dict[str, Any]:
    """Return the reader's own zone, where it is known and differs from the event's."""
    own = getattr(request.user, "time_zone", "") if request.user.is_authenticated else ""
    return {"own_zone": own if own and own != event.zone else "", "zone": event.zone}


def _file(text: str | bytes, name: str, *, kind: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response
