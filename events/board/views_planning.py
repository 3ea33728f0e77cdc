"""The desk's pages for the grid of a day, rooms and official items."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.views import refusal_as_warning
from events.board import actions_planning
from events.board.forms import ClosureForm, OfficialForm, PlanForm, RoomForm
from events.board.queries import programme_to_plan
from events.board.views import board_event
from events.programme.models import Closure, OfficialItem, Room


@form_view()
def plan(request: SignedIn, pk: int) -> HttpResponse:
    """Show the grid, rooms and official items; a POST saves the grid."""
    event = board_event(request, pk)
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, event=event, programme=programme_to_plan(event))
    if request.method == "POST" and form.is_valid():
        actions_planning.plan(event, actor=_person(request), values=form.values())
        messages.success(request, _("The grid is saved."))
        return redirect("eventdesk:plan", pk)
    context = {
        "event": event,
        "form": form,
        "rooms": event.rooms.prefetch_related("interpretation", "closures"),
        "official": event.official_items.select_related("room"),
    }
    return render(request, "events/board/plan.html", context)


@form_view()
def room(request: SignedIn, pk: int, room: int | None = None) -> HttpResponse:
    event = board_event(request, pk)
    chosen_room = (
        get_object_or_404(event.rooms.all(), pk=room)
        if room
        else Room(event=event, position=event.rooms.count())
    )
    data = request.POST if request.method == "POST" else None
    form = RoomForm(data, instance=chosen_room)
    if request.method == "POST" and form.is_valid():
        saved = actions_planning.save_room(
            form.save(commit=False),
            actor=_person(request),
            fields=form.changed_data,
            interpretation=form.cleaned_data["interpretation"],
        )
        messages.success(request, _("The room is saved."))
        return redirect(f"{reverse('eventdesk:room', args=[pk, saved.pk])}?saved=1")
    closures = chosen_room.closures.all() if room else None
    context = {
        "event": event,
        "room": chosen_room if room else None,
        "form": form,
        "closures": closures,
        "saved": "saved" in request.GET,
        "closure_form": ClosureForm(event=event, prefix="closed"),
    }
    return render(request, "events/board/room.html", context)


@act_view()
def close(request: SignedIn, pk: int, room: int) -> HttpResponse:
    """Close a room for some hours."""
    event = board_event(request, pk)
    chosen_room = get_object_or_404(event.rooms.all(), pk=room)
    form = ClosureForm(request.POST, event=event, prefix="closed", instance=Closure(room=chosen_room))
    if form.is_valid():
        actions_planning.close_room(form.save(commit=False), actor=_person(request))
        messages.success(request, _("The room is closed for these hours."))
        return redirect("eventdesk:room", pk, room)
    context = {
        "event": event,
        "room": chosen_room,
        "form": RoomForm(instance=chosen_room),
        "closures": chosen_room.closures.all(),
        "closure_form": form,
    }
    return render(request, "events/board/room.html", context)


@act_view()
def reopen(request: SignedIn, pk: int, room: int, closure: int) -> HttpResponse:
    event = board_event(request, pk)
    chosen_closure = get_object_or_404(
        Closure.objects.select_related("room__event"), pk=closure, room=room, room__event=event
    )
    actions_planning.reopen_room(chosen_closure, actor=_person(request))
    messages.success(request, _("The room is open at these hours."))
    return redirect("eventdesk:room", pk, room)


@act_view()
def remove_room(request: SignedIn, pk: int, room: int) -> HttpResponse:
    event = board_event(request, pk)
    chosen_room = get_object_or_404(event.rooms.select_related("event"), pk=room)
    with refusal_as_warning(request):
        actions_planning.remove_room(chosen_room, actor=_person(request))
        messages.success(request, _("The room is removed."))
        return redirect("eventdesk:plan", pk)
    return redirect("eventdesk:room", pk, room)


@form_view()
def official(request: SignedIn, pk: int, item: int | None = None) -> HttpResponse:
    event = board_event(request, pk)
    official_item = (
        get_object_or_404(event.official_items.all(), pk=item) if item else OfficialItem(event=event)
    )
    data = request.POST if request.method == "POST" else None
    form = OfficialForm(data, event=event, instance=official_item)
    if request.method == "POST" and form.is_valid():
        actions_planning.save_official(
            form.save(commit=False), actor=_person(request), fields=form.changed_data
        )
        messages.success(request, _("The item is saved. It is public with the next version."))
        return redirect("eventdesk:plan", pk)
    return render(request, "events/board/official.html", {"event": event, "item": item, "form": form})


@act_view()
def remove_official(request: SignedIn, pk: int, item: int) -> HttpResponse:
    event = board_event(request, pk)
    official_item = get_object_or_404(event.official_items.select_related("event"), pk=item)
    actions_planning.remove_official(official_item, actor=_person(request))
    messages.success(request, _("The item is removed. It is public with the next version."))
    return redirect("eventdesk:plan", pk)


def _person(request: HttpRequest) -> Any:
    return request.user
