"""Waves of invitations: a list checked and taken in, its mail looked at, sent, watched."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.forms import blame
from core.partial_pages import is_part, render_state
from core.text import fold
from stakeholders.invitations import actions_waves
from stakeholders.invitations.address_lists import COLUMNS, NEEDED, Listed
from stakeholders.invitations.filters import StateFilter
from stakeholders.invitations.forms import AddForm, ListForm, SealedForm, seal
from stakeholders.invitations.models import Wave
from stakeholders.invitations.queries import in_wave, known_keys, namesakes, previews, progress, with_labels
from stakeholders.invitations.views import inviting

PER_PAGE = 50
MOST_SHOWN = 100  # problems and namesakes word by word on the page
TARGET = "progress"  # the part of the page that asks for itself while the wave is being sent


@form_view(fresh=True)
def take_in_list(request: SignedIn) -> HttpResponse:
    """A POST with a file only checks it; the checked list, sent back, is taken in."""
    user = inviting(request)
    if request.method == "POST" and "checked" in request.POST:
        return _take_in(request, user)
    form = ListForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "columns": COLUMNS, "needed": NEEDED}
    if request.method == "POST" and form.is_valid():
        context |= _checked(form, user)
    return render(request, "stakeholders/invitations/take_in.html", context)


def _checked(form: ListForm, user: Any) -> dict[str, Any]:
    """What taking the list in would do."""
    read = form.cleaned_data["file"]
    known = known_keys(read.rows)
    new = [row for row in read.rows if row.key not in known]
    same = namesakes(new)
    near = [(row, same[fold(row.name)]) for row in new if fold(row.name) in same]
    fine = not read.problems and new
    return {
        "read": read,
        "new": len(new),
        "known": len(read.rows) - len(new),
        "problems": read.problems[:MOST_SHOWN],
        "more_problems": max(0, len(read.problems) - MOST_SHOWN),
        "near": near[:MOST_SHOWN],
        "origin": form.origin(),
        "sealed": SealedForm(initial={"checked": seal(form.origin(), read.rows, user.pk)}, person=user.pk)
        if fine
        else None,
    }


def _take_in(request: HttpRequest, user: Any) -> HttpResponse:
    form = SealedForm(request.POST, person=user.pk)
    if not form.is_valid():
        messages.error(request, _("This check is too old. Please choose the file again."))
        return redirect("vetting:take_in_list")
    try:
        wave = actions_waves.make_wave(form.rows, form.origin, actor=user)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
        return redirect("vetting:take_in_list")
    many = wave.invitations.count()
    said = ngettext(
        "%(count)d person is in the wave. No invitation has been sent yet.",
        "%(count)d people are in the wave. No invitation has been sent yet.",
        many,
    )
    messages.success(request, said % {"count": many})
    return redirect(wave)


@form_view(fresh=True)
def wave(request: SignedIn, pk: int) -> HttpResponse:
    """How far a wave is, and sent, one more person for it; htmx asks here for the part that changes."""
    found = get_object_or_404(Wave.objects.visible_to(inviting(request)).select_related("made_by"), pk=pk)
    form = AddForm(initial={"language": get_language(), "kind": "ngo"}, former=found.former)
    if request.method == "POST":
        form = AddForm(request.POST, former=found.former)
        if form.is_valid() and _added(request, found, form):
            return redirect(found)
    context: dict[str, Any] = {"wave": found, "progress": progress(found), "form": form}
    if not is_part(request, TARGET):
        filters = StateFilter(request.GET, in_wave(found))
        page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
        page.object_list = with_labels(page.object_list)
        context |= {"previews": previews(found), "page": page, "filters": filters}
    return render_state(request, "stakeholders/invitations/wave.html", context, target=TARGET)


def _added(request: HttpRequest, found: Wave, form: AddForm) -> bool:
    said = form.cleaned_data
    row = Listed(0, said["address"], said["name"], said["kind"], said["country"], said["language"])
    user: Any = request.user
    try:
        kept = actions_waves.add_to_wave(found, row, actor=user)
    except DomainError as refusal:
        blame(form, refusal)
        return False
    if kept.is_sending:
        messages.success(request, _("The invitation is on its way."))
    else:
        messages.success(request, _("Added. The invitation is sent with the wave."))
    return True


@act_view()
def wave_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    user = inviting(request)
    found = get_object_or_404(Wave.objects.visible_to(user), pk=pk)
    if name not in ("send", "pause"):
        raise Http404
    try:
        if name == "send":
            actions_waves.start_wave(found, actor=user)
            messages.success(request, _("The invitations are being written. You may leave this page."))
        else:
            actions_waves.pause_wave(found, actor=user)
            messages.success(request, _("Paused. What is on its way already still arrives."))
    except DomainError as late:
        messages.warning(request, str(late))
    return redirect(found)
