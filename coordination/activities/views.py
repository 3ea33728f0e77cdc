"""Activities: the list and its files, planning one, and what is done with one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from coordination.activities import actions, forms, queries
from coordination.activities.files import activity_columns, with_stakeholders
from coordination.activities.filters import ActivityFilter
from coordination.activities.models import Activity, ActivityFile, ActivityNote, FollowUp
from core.forms import refusal_on
from core.spreadsheets import Table, filters_of, table_response
from core.text import whole
from core.views import calendar_answer, refusal_as_error
from stakeholders.appointments import models as appointments_models
from stakeholders.entries.forms import FindForm
from workflow.moves.queries import decisions_on, moves_open_to

PER_PAGE = 25
MOST_ROWS = 20_000


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
def table(request: SignedIn, form: str) -> StreamingHttpResponse:
    """Return the same activities as a file; of their stakeholders those that the reader may find."""
    filters = _filters(request)
    table = Table(
        f"activities-{appointments_models.today():%Y-%m-%d}",
        _("Activities"),
        activity_columns(),
        page=reverse("activities:list"),
        filters=filters_of(filters.form),
    )
    return table_response(form, table, with_stakeholders(filters.qs[:MOST_ROWS], request.user))


@page_view(permission="coordination.plan_activity", fresh=True)
def calendar(request: SignedIn) -> HttpResponse:
    """The same activities as a calendar file."""
    return _ics(request, _filters(request).qs[: queries.MOST_ON_CALENDAR], "activities.ics")


@page_view(fresh=True)
def one_calendar(request: SignedIn, pk: int) -> HttpResponse:
    return _ics(request, [_visible_activity(request, pk)], f"activity-{pk}.ics")


@form_view(permission="coordination.plan_activity", fresh=True)
def plan(request: SignedIn) -> HttpResponse:
    initial = {"zone": request.user.time_zone, "mode": "in_person", "kind": request.GET.get("kind", "")}
    form = forms.ActivityForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        activity = actions.plan(actor=request.user, values=form.values())
        if not activity.is_planned:
            messages.success(request, _("The activity is saved as held. Now report the outcome."))
            return redirect("activities:activity_report", activity.pk)
        messages.success(request, _("The activity is planned."))
        return redirect(activity)
    return render(request, "coordination/activities/write.html", {"form": form})


@form_view(permission="coordination.plan_activity", fresh=True)
def enter_held(request: SignedIn) -> HttpResponse:
    """Enter what was held, with what came of it, on one page."""
    initial = {"zone": request.user.time_zone, "mode": "in_person"}
    form = forms.HeldActivityForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, forms.COLUMNS):
            activity = actions.enter_held(actor=request.user, values=form.values(), **form.outcome_values())
            messages.success(request, _("Reported. It counts in the reports of your region."))
            return redirect(activity)
    return render(request, "coordination/activities/write.html", {"form": form, "held": True})


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    activity = _own_activity(request, pk)
    if not activity.is_written:
        return redirect(activity)
    form = forms.ActivityForm(
        request.POST or None, user=request.user, activity=activity, initial=forms.initial_of(activity)
    )
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, forms.COLUMNS):
            actions.save(activity, actor=request.user, version=_version(request), values=form.values())
            messages.success(request, _("Your changes are saved."))
            return redirect(activity)
    context = {
        "form": form,
        "activity": activity,
        "version": _version(request) if form.is_bound else activity.version,
    }
    return render(request, "coordination/activities/write.html", context)


@page_view(fresh=True)
def activity(request: SignedIn, pk: int) -> HttpResponse:
    """Show one activity with all that belongs to it and what may be done."""
    return _page(request, _visible_activity(request, pk))


@form_view(fresh=True)
def report(request: SignedIn, pk: int) -> HttpResponse:
    """Write what came of an activity that was held."""
    activity = _own_activity(request, pk)
    if activity.status != "held":
        return redirect(activity)
    initial = {"outcome": activity.outcome, "took_part": activity.took_part}
    form = forms.OutcomeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.report(activity, actor=request.user, version=_version(request), **form.cleaned_data)
            messages.success(request, _("Reported. It counts in the reports of your region."))
            return redirect(activity)
    context = {
        "form": form,
        "activity": activity,
        "version": _version(request) if form.is_bound else activity.version,
    }
    return render(request, "coordination/activities/report.html", context)


@act_view(fresh=True)
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Make one of the moves hold, cancel, resume and correct."""
    activity = _own_activity(request, pk)
    if name not in _DONE:
        raise Http404
    note = ""
    if name == "cancel":
        form = forms.CancelForm(request.POST)
        if not form.is_valid():
            return _page(request, activity, cancel=form)
        note = form.cleaned_data["note"]
    with refusal_as_error(request):
        actions.act(activity, name, actor=request.user, version=_version(request), note=note)
        messages.success(request, _DONE[name]())
        if name in ("hold", "correct"):
            return redirect("activities:activity_report", pk)
    return redirect(activity)


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
    activity = _own_activity(request, pk)
    if not activity.is_written:
        return redirect(activity)
    asks = FindForm(request.POST if request.method == "POST" else request.GET)
    words = asks.cleaned_data["q"] if asks.is_valid() else ""
    to_choose = queries.to_involve(request.user, activity, words)
    form = forms.InvolveForm(request.POST if request.method == "POST" else None, stakeholders=to_choose)
    if request.method == "POST" and form.is_valid():
        chosen = [int(code) for code in form.cleaned_data["chosen"]]
        with refusal_on(form):
            actions.involve(activity, chosen, actor=request.user)
            messages.success(request, _("They are named as involved."))
            return redirect(activity)
    context = {"activity": activity, "asks": asks, "words": words, "stakeholders": to_choose, "form": form}
    return render(request, "coordination/activities/involve.html", context)


@act_view()
def leave_out(request: SignedIn, pk: int, stakeholder: int) -> HttpResponse:
    activity = _own_activity(request, pk)
    _try(
        request,
        lambda: actions.leave_out(activity, stakeholder, actor=request.user),
        _("It is no longer named."),
    )
    return redirect(activity)


@act_view(fresh=True)
def note(request: SignedIn, pk: int) -> HttpResponse:
    activity = _visible_activity(request, pk)
    form = forms.NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, activity, note=form)
    actions.add_note(activity, actor=request.user, **form.cleaned_data)
    shared = form.cleaned_data["is_shared"]
    messages.success(request, _("The note is shared.") if shared else _("The note is saved, for you alone."))
    return redirect(activity)


@act_view()
def drop_note(request: SignedIn, pk: int, note_pk: int) -> HttpResponse:
    activity = _visible_activity(request, pk)
    notes = ActivityNote.objects.visible_to(request.user).filter(author=request.user, activity=activity)
    actions.remove_note(get_object_or_404(notes, pk=note_pk), actor=request.user)
    messages.success(request, _("The note is gone."))
    return redirect(activity)


@act_view(fresh=True)
def add_file(request: SignedIn, pk: int) -> HttpResponse:
    activity = _own_activity(request, pk)
    form = forms.FileForm(request.POST, request.FILES)
    if form.is_valid():
        with refusal_on(form):
            actions.add_file(activity, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The file has been added to the activity."))
            return redirect(activity)
    return _page(request, activity, file=form)


@act_view()
def drop_file(request: SignedIn, pk: int, file_pk: int) -> HttpResponse:
    activity = _own_activity(request, pk)
    file = get_object_or_404(ActivityFile.objects.visible_to(request.user), pk=file_pk, activity=activity)
    _try(request, lambda: actions.remove_file(file, actor=request.user), _("The file is gone."))
    return redirect(activity)


@act_view(fresh=True)
def follow_up(request: SignedIn, pk: int) -> HttpResponse:
    activity = _own_activity(request, pk)
    form = forms.FollowUpForm(request.POST, user=request.user)
    if form.is_valid():
        with refusal_on(form):
            actions.give(activity, actor=request.user, **form.cleaned_data)
            messages.success(
                request, _("The task is saved. The person responsible finds it among their tasks.")
            )
            return redirect(activity)
    return _page(request, activity, todo=form)


@act_view()
def finish(request: SignedIn, pk: int, follow_up_pk: int) -> HttpResponse:
    activity = _visible_activity(request, pk)
    follow = get_object_or_404(FollowUp.objects.visible_to(request.user), pk=follow_up_pk, activity=activity)
    try:
        done = actions.finish(follow, actor=request.user)
    except PermissionDenied:
        raise Http404 from None
    messages.success(request, _("Done.") if done else _("That was done before."))
    return redirect(activity)


# --- What the views share -------------------------------------------------------------------------------
def _page(request: SignedIn, activity: Activity, **bound: Form) -> HttpResponse:
    """Render the page of an activity; `bound` are its forms that came back with errors."""
    user = request.user
    moves = dict(moves_open_to(user, activity))
    writes = user.has_perm("coordination.change_activity", activity)
    to_do = queries.follow_ups_of(activity)
    reasons = (
        [each.note for each in decisions_on(activity) if each.move == "cancel"]
        if activity.is_cancelled
        else []
    )
    context = {
        "activity": activity,
        "topics": activity.topics.in_order(),
        "moves": moves,
        "writes": writes,
        "may_edit": writes and activity.is_written,
        "may_add": writes and not activity.is_cancelled,
        "involved": queries.involved_stakeholders(activity, user),
        "follow_ups": [(each, user.has_perm("coordination.finish_followup", each)) for each in to_do],
        "notes": queries.notes_on(activity, user),
        "files": queries.files_of(activity, user),
        "cancelled_for": reasons[0] if reasons else "",
        "lines": timeline(activity, user, as_subject=writes),
        "wrong": bool(bound),
        "cancel": bound.get("cancel") or forms.CancelForm(),
        "note": bound.get("note") or forms.NoteForm(),
        "file": bound.get("file") or forms.FileForm(),
        "todo": bound.get("todo") or (forms.FollowUpForm(user=user) if writes else None),
    }
    return render(request, "coordination/activities/activity.html", context)


def _visible_activity(request: SignedIn, pk: int) -> Activity:
    rows = Activity.objects.visible_to(request.user).select_related("author").prefetch_related("countries")
    return get_object_or_404(rows, pk=pk)


def _own_activity(request: SignedIn, pk: int) -> Activity:
    """Return an activity that the person may write, or raise Http404."""
    activity = _visible_activity(request, pk)
    if not request.user.has_perm("coordination.change_activity", activity):
        raise Http404
    return activity


def _version(request: SignedIn) -> int:
    """Return the version that the form was made from; -1, which matches none, where it cannot be read."""
    return whole(request.POST.get("version", ""), -1)


def _try(request: SignedIn, do: Any, done: str) -> None:
    with refusal_as_error(request):
        do()
        messages.success(request, done)


def _ics(request: SignedIn, rows: Any, name: str) -> HttpResponse:
    text = queries.calendar_of(rows, name=_("Activities"), site=settings.SITE_URL)
    return calendar_answer(request, text, name)
