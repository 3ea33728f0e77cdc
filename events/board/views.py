"""The desk's board: placing meetings, and making a version of the programme public."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.forms import refusal_on
from core.spreadsheets import CSV, Table, columns_by_place, table_response
from core.time_display import hours_between
from events.board.actions import WantedPlace, place, place_all, take_off
from events.board.actions_releasing import ahead_of, release
from events.board.files import HEADS, board_rows, read_board
from events.board.forms import FileForm, PlaceForm, ReleaseForm
from events.board.queries import (
    MOST_WARNINGS,
    accepted_meetings,
    board_of,
    events_for_desk,
    programme_to_plan,
)
from events.board.queries_clashes import clashes_of, clashes_of_meeting
from events.events.models import Event
from events.programme.queries import releases_of


def board_event(request: HttpRequest, pk: int) -> Event:
    """Return the event whose programme the person may plan; 404 for anybody else."""
    event = events_for_desk(request.user).filter(pk=pk).first()
    if event is None or not request.user.has_perm("events.plan_programme", event):
        raise Http404
    return event


@form_view(fresh=True)
def board(request: SignedIn, pk: int) -> HttpResponse:
    """Rooms by slots. A POST places or moves one meeting; `?pick=` has chosen one already."""
    event = board_event(request, pk)
    form = PlaceForm(_posted_values(request), event=event, initial={"meeting": request.GET.get("pick", "")})
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        wanted = WantedPlace(cleaned["meeting"], cleaned["room"], cleaned["starts_at"], cleaned["ends_at"])
        with refusal_on(form):
            place(wanted, actor=request.user, was=_parse_moment(cleaned["was"]))
            _add_messages(request, event, wanted)
            day = wanted.starts_at.astimezone(event.clock).date().isoformat()
            return redirect(f"{reverse('eventdesk:board', args=[pk])}?day={day}")
    shown = board_of(event, request.GET.get("day", ""), request.GET.get("page"))
    context = {
        "event": event,
        "board": shown,
        "query": {"day": shown.day},
        "form": form,
        "colours": {topic.pk: number for topic, number in shown.themes},
        "most_warnings": MOST_WARNINGS,
        "picked": form.offer(shown.meetings),
    }
    context["part"] = request.headers.get("HX-Target") == "scheduler"
    template = "events/board/_board.html" if context["part"] else "events/board/board.html"
    return render(request, template, context)


@act_view()
def remove_meeting(request: SignedIn, pk: int, meeting: int) -> HttpResponse:
    event = board_event(request, pk)
    proposal = get_object_or_404(accepted_meetings(event), pk=meeting)
    take_off(proposal, actor=request.user)
    messages.success(request, _("Meeting %(number)s is off the board.") % {"number": proposal.number})
    return redirect(f"{reverse('eventdesk:board', args=[pk])}?day={request.POST.get('day', '')[:10]}")


@form_view()
def release_page(request: SignedIn, pk: int) -> HttpResponse:
    """What the next version would change and how many people it would tell; a POST makes it public."""
    event = board_event(request, pk)
    programme = programme_to_plan(event)
    clashes = clashes_of(event.pk)
    data = request.POST if request.method == "POST" else None
    form = ReleaseForm(data, clashes=len(clashes), initial={"seen": programme.released})
    if request.method == "POST" and form.is_valid():
        try:
            version = release(
                event,
                actor=request.user,
                known_version=form.cleaned_data["seen"],
                note=form.cleaned_data["note"],
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            text = _("Version %(number)s is public, and the people whose meetings changed are informed.")
            messages.success(request, text % {"number": version.number})
            return redirect("eventdesk:board", pk)
    context = {
        "event": event,
        "programme": programme,
        "ahead": ahead_of(event),
        "clashes": clashes,
        "form": form,
        "releases": releases_of(event),
    }
    return render(request, "events/board/release.html", context)


@page_view()
def board_file(request: SignedIn, pk: int) -> StreamingHttpResponse:
    """Return the board as CSV alone: it is edited and read back as it is."""
    event = board_event(request, pk)
    columns = columns_by_place(HEADS)
    return table_response(CSV, Table(f"board-{pk}", _("The board"), columns), board_rows(event))


@form_view()
def load(request: SignedIn, pk: int) -> HttpResponse:
    """Place many meetings by a file: all of its lines, or none."""
    event = board_event(request, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = place_all(event, read_board(event, form.cleaned_data["file"]), actor=request.user)
        except DomainError as refusal:
            for line in str(refusal).splitlines():
                form.add_error("file", line)
        else:
            text = ngettext(
                "%(n)s meeting has another place now.", "%(n)s meetings have another place now.", number
            )
            messages.success(request, text % {"n": number})
            return redirect("eventdesk:board", pk)
    return render(request, "events/board/load.html", {"event": event, "form": form})


def _posted_values(request: HttpRequest) -> Any:
    """Return what was posted; the button of a cell sends its slot and room together as `here`."""
    if request.method != "POST":
        return None
    sent = request.POST.copy()
    slot, bar, room = sent.get("here", "").partition("|")
    if bar:
        sent["slot"], sent["room"] = slot, room
    return sent


def _add_messages(request: HttpRequest, event: Event, wanted: WantedPlace) -> None:
    """Add a message with the new place of the meeting, and a warning for each clash of it."""
    starts, ends = (instant.astimezone(event.clock) for instant in (wanted.starts_at, wanted.ends_at))
    facts = {
        "number": wanted.proposal.number,
        "room": wanted.room.text_for_reader("name", event.language_id)[0],
        "hours": hours_between(starts, ends),
    }
    messages.success(request, _("Meeting %(number)s is in %(room)s, %(hours)s.") % facts)
    for clash in clashes_of_meeting(clashes_of(event.pk), wanted.proposal.pk):
        messages.warning(request, clash.sentence)


def _parse_moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text) if text else None
    except ValueError:
        return None
