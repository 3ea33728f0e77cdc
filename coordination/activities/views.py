"""Activities: the list and its files, planning one, and what is done with one."""

from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from coordination.activities import actions, forms, queries
from coordination.activities.filters import ActivityFilter
from coordination.activities.models import Activity, ActivityFile, ActivityNote, FollowUp
from core.forms import refusal_on
from core.spreadsheet_cells import iso, join_values
from core.spreadsheets import csv_response
from core.text import whole
from core.views import calendar_answer, refusal_as_error
from stakeholders.appointments import models as appointments_models
from stakeholders.entries.forms import FindForm
from workflow.moves.queries import decisions_on, moves_open_to

PER_PAGE = 25
MOST_ROWS, BATCH = 20_000, 500
HEADS = (
    "activity_id",
    "kind",
    "status",
    "title",
    "starts_at_utc",
    "ends_at_utc",
    "countries",
    "city",
    "stakeholders",
    "took_part",
    "planned_by",
    "purpose",
    "outcome",
    "address",
)


@page_view(permission="coordination.plan_activity", fresh=True)
def activity_list(request: SignedIn) -> HttpResponse:
    """Activities of the person and of their places, the latest first."""
    filters = _filters(request)
    page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filters": filters, "to_do": queries.to_do_of(request.user)}
    return render(request, "coordination/activities/list.html", context)


def _filters(request: SignedIn) -> ActivityFilter:
    return ActivityFilter(request.GET, queries.activities(request.user), user=request.user)


@page_view(permission="coordination.plan_activity", fresh=True)
def table(request: SignedIn) -> StreamingHttpResponse:
    """The same activities for spreadsheets, one line each; of stakeholders those that the reader may find."""
    rows = _filters(request).qs[:MOST_ROWS]
    return csv_response(
        f"activities-{iso(appointments_models.today())}.csv", HEADS, _cells(rows, request.user)
    )


def _cells(rows: Any, user: Any) -> Iterator[list[Any]]:
    for some in batched(rows.iterator(chunk_size=BATCH), BATCH, strict=False):
        names = queries.names_of_involved(some, user)
        for one in some:
            yield [
                one.pk,
                one.kind,
                one.status,
                one.title,
                f"{one.starts_at:%Y-%m-%dT%H:%MZ}",
                f"{one.ends_at:%Y-%m-%dT%H:%MZ}",
                join_values(country.pk for country in one.countries.all()),
                one.city,
                join_values(names.get(one.pk, ())),
                "" if one.took_part is None else one.took_part,
                one.author or "",
                one.purpose,
                one.outcome,
                settings.SITE_URL + one.get_absolute_url(),
            ]


@page_view(permission="coordination.plan_activity", fresh=True)
def calendar(request: SignedIn) -> HttpResponse:
    """The same activities as a calendar file."""
    return _ics(request, _filters(request).qs[: queries.MOST_ON_CALENDAR], "activities.ics")


@page_view(fresh=True)
def one_calendar(request: SignedIn, pk: int) -> HttpResponse:
    return _ics(request, [_seen(request, pk)], f"activity-{pk}.ics")


@form_view(permission="coordination.plan_activity", fresh=True)
def plan(request: SignedIn) -> HttpResponse:
    initial = {"zone": request.user.time_zone, "mode": "in_person", "kind": request.GET.get("kind", "")}
    form = forms.ActivityForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        one = actions.plan(actor=request.user, values=form.values())
        if not one.is_planned:
            messages.success(request, _("The activity is saved as held. Now report the outcome."))
            return redirect("activities:activity_report", one.pk)
        messages.success(request, _("The activity is planned."))
        return redirect(one)
    return render(request, "coordination/activities/write.html", {"form": form})


@form_view(permission="coordination.plan_activity", fresh=True)
def enter_held(request: SignedIn) -> HttpResponse:
    """Enter what was held, with what came of it, on one page."""
    initial = {"zone": request.user.time_zone, "mode": "in_person"}
    form = forms.HeldActivityForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, forms.COLUMNS):
            one = actions.enter_held(actor=request.user, values=form.values(), **form.outcome_values())
            messages.success(request, _("Reported. It counts in the reports of your region."))
            return redirect(one)
    return render(request, "coordination/activities/write.html", {"form": form, "held": True})


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    one = _own(request, pk)
    if not one.is_written:
        return redirect(one)
    form = forms.ActivityForm(request.POST or None, user=request.user, one=one, initial=forms.initial_of(one))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, forms.COLUMNS):
            actions.save(one, actor=request.user, version=_version(request), values=form.values())
            messages.success(request, _("Your changes are saved."))
            return redirect(one)
    context = {"form": form, "activity": one, "version": _version(request) if form.is_bound else one.version}
    return render(request, "coordination/activities/write.html", context)


@page_view(fresh=True)
def activity(request: SignedIn, pk: int) -> HttpResponse:
    """How it stands, who and what belongs to it, what follows, and what may be done."""
    return _page(request, _seen(request, pk))


@form_view(fresh=True)
def report(request: SignedIn, pk: int) -> HttpResponse:
    """Write what came of an activity that was held."""
    one = _own(request, pk)
    if one.status != "held":
        return redirect(one)
    initial = {"outcome": one.outcome, "took_part": one.took_part}
    form = forms.OutcomeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.report(one, actor=request.user, version=_version(request), **form.cleaned_data)
            messages.success(request, _("Reported. It counts in the reports of your region."))
            return redirect(one)
    context = {"form": form, "activity": one, "version": _version(request) if form.is_bound else one.version}
    return render(request, "coordination/activities/report.html", context)


@act_view(fresh=True)
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Say that it was held, cancel it, put it back, or open its report again."""
    one = _own(request, pk)
    if name not in _DONE:
        raise Http404
    note = ""
    if name == "cancel":
        form = forms.CancelForm(request.POST)
        if not form.is_valid():
            return _page(request, one, cancel=form)
        note = form.cleaned_data["note"]
    with refusal_as_error(request):
        actions.act(one, name, actor=request.user, version=_version(request), note=note)
        messages.success(request, _DONE[name]())
        if name in ("hold", "correct"):
            return redirect("activities:activity_report", pk)
    return redirect(one)


_DONE: dict[str, Any] = {
    "hold": lambda: _("The activity is marked as held. Now report the outcome."),
    "cancel": lambda: _("The activity is cancelled."),
    "resume": lambda: _("The activity is in the plan again."),
    "correct": lambda: _("The report is open again."),
}


# --- Who and what belongs to it ------------------------------------------------------------------------
@form_view(fresh=True)
def involve(request: SignedIn, pk: int) -> HttpResponse:
    """Find stakeholders by words and name some of them."""
    one = _own(request, pk)
    if not one.is_written:
        return redirect(one)
    asks = FindForm(request.POST if request.method == "POST" else request.GET)
    words = asks.cleaned_data["q"] if asks.is_valid() else ""
    to_choose = queries.to_involve(request.user, one, words)
    form = forms.InvolveForm(request.POST if request.method == "POST" else None, found=to_choose)
    if request.method == "POST" and form.is_valid():
        chosen = [int(code) for code in form.cleaned_data["chosen"]]
        with refusal_on(form):
            actions.involve(one, chosen, actor=request.user)
            messages.success(request, _("They are named as involved."))
            return redirect(one)
    context = {"activity": one, "asks": asks, "words": words, "found": to_choose, "form": form}
    return render(request, "coordination/activities/involve.html", context)


@act_view()
def leave_out(request: SignedIn, pk: int, stakeholder: int) -> HttpResponse:
    one = _own(request, pk)
    _try(
        request, lambda: actions.leave_out(one, stakeholder, actor=request.user), _("It is no longer named.")
    )
    return redirect(one)


@act_view(fresh=True)
def note(request: SignedIn, pk: int) -> HttpResponse:
    one = _seen(request, pk)
    form = forms.NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, one, note=form)
    actions.add_note(one, actor=request.user, **form.cleaned_data)
    shared = form.cleaned_data["is_shared"]
    messages.success(request, _("The note is shared.") if shared else _("The note is saved, for you alone."))
    return redirect(one)


@act_view()
def drop_note(request: SignedIn, pk: int, one: int) -> HttpResponse:
    held = _seen(request, pk)
    notes = ActivityNote.objects.visible_to(request.user).filter(author=request.user, activity=held)
    actions.remove_note(get_object_or_404(notes, pk=one), actor=request.user)
    messages.success(request, _("The note is gone."))
    return redirect(held)


@act_view(fresh=True)
def add_file(request: SignedIn, pk: int) -> HttpResponse:
    one = _own(request, pk)
    form = forms.FileForm(request.POST, request.FILES)
    if form.is_valid():
        with refusal_on(form):
            actions.add_file(one, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The file is with the activity now."))
            return redirect(one)
    return _page(request, one, file=form)


@act_view()
def drop_file(request: SignedIn, pk: int, one: int) -> HttpResponse:
    held = _own(request, pk)
    file = get_object_or_404(ActivityFile.objects.visible_to(request.user), pk=one, activity=held)
    _try(request, lambda: actions.remove_file(file, actor=request.user), _("The file is gone."))
    return redirect(held)


@act_view(fresh=True)
def follow_up(request: SignedIn, pk: int) -> HttpResponse:
    one = _own(request, pk)
    form = forms.FollowUpForm(request.POST, user=request.user)
    if form.is_valid():
        with refusal_on(form):
            actions.give(one, actor=request.user, **form.cleaned_data)
            messages.success(request, _("It is written down; who does it finds it in their work."))
            return redirect(one)
    return _page(request, one, todo=form)


@act_view()
def finish(request: SignedIn, pk: int, one: int) -> HttpResponse:
    held = _seen(request, pk)
    follow = get_object_or_404(FollowUp.objects.visible_to(request.user), pk=one, activity=held)
    try:
        done = actions.finish(follow, actor=request.user)
    except PermissionDenied:
        raise Http404 from None
    messages.success(request, _("Done.") if done else _("That was done before."))
    return redirect(held)


# --- What the views share -------------------------------------------------------------------------------
def _page(request: SignedIn, one: Activity, **bound: Form) -> HttpResponse:
    """The page of an activity; of its forms, `bound` are those that came back with something to mend."""
    user = request.user
    moves = dict(moves_open_to(user, one))
    writes = user.has_perm("coordination.change_activity", one)
    to_do = queries.follow_ups_of(one)
    reasons = [each.note for each in decisions_on(one) if each.move == "cancel"] if one.is_cancelled else []
    context = {
        "activity": one,
        "topics": one.topics.in_order(),
        "moves": moves,
        "writes": writes,
        "may_edit": writes and one.is_written,
        "may_add": writes and not one.is_cancelled,
        "involved": queries.involved_stakeholders(one, user),
        "follow_ups": [(each, user.has_perm("coordination.finish_followup", each)) for each in to_do],
        "notes": queries.notes_on(one, user),
        "files": queries.files_of(one, user),
        "cancelled_for": reasons[0] if reasons else "",
        "lines": timeline(one, user, as_subject=writes),
        "wrong": bool(bound),
        "cancel": bound.get("cancel") or forms.CancelForm(),
        "note": bound.get("note") or forms.NoteForm(),
        "file": bound.get("file") or forms.FileForm(),
        "todo": bound.get("todo") or (forms.FollowUpForm(user=user) if writes else None),
    }
    return render(request, "coordination/activities/activity.html", context)


def _seen(request: SignedIn, pk: int) -> Activity:
    rows = Activity.objects.visible_to(request.user).select_related("author").prefetch_related("countries")
    return get_object_or_404(rows, pk=pk)


def _own(request: SignedIn, pk: int) -> Activity:
    """One that the person may write; for anybody else there is nothing to be done here."""
    one = _seen(request, pk)
    if not request.user.has_perm("coordination.change_activity", one):
        raise Http404
    return one


def _version(request: SignedIn) -> int:
    """The one that the form was made from; one that cannot be read is nobody's."""
    return whole(request.POST.get("version", ""), -1)


def _try(request: SignedIn, do: Any, done: str) -> None:
    with refusal_as_error(request):
        do()
        messages.success(request, done)


def _ics(request: SignedIn, rows: Any, name: str) -> HttpResponse:
    text = queries.calendar_of(rows, name=_("Activities"), site=settings.SITE_URL)
    return calendar_answer(request, text, name)
