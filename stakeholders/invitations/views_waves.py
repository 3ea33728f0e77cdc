"""Waves of invitations: the mail looked at, sent, watched, reminded of."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.forms import blame
from core.partial_pages import is_part, render_state
from core.spreadsheets import Table, columns_by_place, table_response
from core.views import refusal_as_warning
from stakeholders.invitations import actions_waves
from stakeholders.invitations.actions_waves import ListedMember
from stakeholders.invitations.enums import WaveStatus
from stakeholders.invitations.filters import StateFilter
from stakeholders.invitations.forms import AddForm
from stakeholders.invitations.models import DeskInvitation, Wave
from stakeholders.invitations.queries import (
    PROGRESS_HEADS,
    in_wave,
    previews,
    progress,
    progress_table,
    unanswered_invitations,
    with_labels,
)
from stakeholders.invitations.views import inviting_user

PER_PAGE = 50
TARGET = "progress"  # the part of the page that asks for itself while the wave is being sent


@form_view(fresh=True)
def wave(request: SignedIn, pk: int) -> HttpResponse:
    """Show how far a wave is, or to htmx only the part that changes; a POST adds one more person."""
    wave = get_object_or_404(Wave.objects.visible_to(inviting_user(request)).select_related("made_by"), pk=pk)
    form = AddForm(initial={"language": get_language(), "kind": "ngo"}, former=wave.former)
    if request.method == "POST":
        form = AddForm(request.POST, former=wave.former)
        if form.is_valid() and _add_person(request, wave, form):
            return redirect(wave)
    context: dict[str, Any] = {"wave": wave, "progress": progress(wave.invitations.all()), "form": form}
    if not is_part(request, TARGET):
        unwritten = wave.invitations.unwritten() if wave.may_start else DeskInvitation.objects.none()
        filters = StateFilter(request.GET, in_wave(wave))
        page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
        page.object_list = with_labels(page.object_list)
        context |= {
            "previews": previews(unwritten),
            "page": page,
            "filters": filters,
            "to_remind": unanswered_invitations(wave, now()).count() if wave.status == WaveStatus.DONE else 0,
        }
    return render_state(request, "stakeholders/invitations/wave.html", context, target=TARGET)


def _add_person(request: HttpRequest, wave: Wave, form: AddForm) -> bool:
    cleaned = form.cleaned_data
    row = ListedMember(
        cleaned["address"], cleaned["name"], cleaned["kind"], cleaned["country"], cleaned["language"]
    )
    user: Any = request.user
    try:
        stored_wave = actions_waves.add_to_wave(wave, row, actor=user)
    except DomainError as refusal:
        blame(form, refusal)
        return False
    if stored_wave.is_sending:
        messages.success(request, _("The invitation is on its way."))
    else:
        messages.success(request, _("Added. The invitation is sent with the wave."))
    return True


@form_view(fresh=True)
def wave_reminder(request: SignedIn, pk: int) -> HttpResponse:
    """Show whom a reminder would reach, and its words; a POST sends it."""
    user = inviting_user(request)
    wave = get_object_or_404(Wave.objects.visible_to(user), pk=pk)
    if request.method == "POST":
        with refusal_as_warning(request):
            actions_waves.remind(wave, actor=user)
            messages.success(request, _("The reminders are being written. You may leave this page."))
        return redirect(wave)
    due = unanswered_invitations(wave, now())
    context = {"wave": wave, "count": due.count(), "previews": previews(due, reminder=True)}
    return render(request, "stakeholders/invitations/reminder.html", context)


@page_view()
def wave_table(request: SignedIn, pk: int, form: str) -> StreamingHttpResponse:
    """Return each invitation with what became of it, as a file."""
    wave = get_object_or_404(Wave.objects.visible_to(inviting_user(request)), pk=pk)
    table = Table(
        f"wave-{wave.pk}",
        wave.name,
        columns_by_place(map(capfirst, PROGRESS_HEADS)),
        page=wave.get_absolute_url(),
    )
    return table_response(form, table, progress_table(wave))


@act_view()
def wave_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    user = inviting_user(request)
    wave = get_object_or_404(Wave.objects.visible_to(user), pk=pk)
    if name not in ("send", "pause"):
        raise Http404
    try:
        if name == "send":
            actions_waves.start_wave(wave, actor=user)
            messages.success(request, _("The invitations are being written. You may leave this page."))
        else:
            actions_waves.pause_wave(wave, actor=user)
            messages.success(request, _("Paused. What is on its way already still arrives."))
    except DomainError as late:
        messages.warning(request, str(late))
    return redirect(wave)
