"""Where the desk sets up registration, decides on registrations, and checks in who is there."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.actions import record
from audit.queries import timeline
from core.errors import DomainError, WrongState
from core.forms import blame, refusal_on
from core.spreadsheets import Table, filters_of, table_response
from core.views import refusal_as_error
from events.events.models import Event
from events.registration_desk import actions
from events.registration_desk.actions import decide_change
from events.registration_desk.files import registration_columns
from events.registration_desk.filters import RegistrationFilter
from events.registration_desk.forms import (
    FORMSETS,
    ChangeForm,
    CheckInForm,
    InviteForm,
    RefuseForm,
    RulesForm,
)
from events.registrations.actions import changes_of, stamp_of
from events.registrations.models import Registration, RegistrationRules
from events.registrations.queries import desk_list, numbers_of, places_of, with_answers
from workflow.moves.queries import decisions_on, is_recused, moves_open_to

PER_PAGE = 50
HEADINGS = {
    "questions": gettext_lazy("Questions on registering"),
    "quotas": gettext_lazy("Quotas"),
    "reminders": gettext_lazy("Reminders"),
}


def _event(request: HttpRequest, pk: int) -> Event:
    """Return an event whose registration the person runs; 404 for anybody else."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("events.run_registrations", event):
        raise Http404
    return event


def _rules(request: HttpRequest, pk: int) -> RegistrationRules:
    event = _event(request, pk)
    rules = get_object_or_404(RegistrationRules, event=event)
    rules.event = event
    return rules


def _registration(request: HttpRequest, pk: int) -> Registration:
    rows = Registration.objects.visible_to(request.user).select_related(
        "rules__event", "user", "stakeholder", "counted_by", "registered_by"
    )
    registration = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("events.run_registrations", registration.event):
        raise Http404
    return registration


@form_view(fresh=True)
def rules(request: SignedIn, pk: int) -> HttpResponse:
    """How one registers. The form works by the clock of the event."""
    event = _event(request, pk)
    row = RegistrationRules.objects.filter(event=event).first() or RegistrationRules(
        event=event, zone=event.zone
    )
    row.event = event
    with timezone.override(event.clock):
        form = RulesForm(request.POST or None, instance=row)
        if request.method == "POST" and form.is_valid():
            actions.save_rules(form.instance, actor=request.user, fields=form.changed_data)
            messages.success(request, _("Your changes are saved."))
            return redirect("eventdesk:registrations", event.pk)
        context = {"event": event, "form": form, "is_new": row.pk is None}
        return render(request, "events/registration_desk/rules.html", context)


@form_view(fresh=True)
def lines(request: SignedIn, pk: int, list_name: str) -> HttpResponse:
    """Questions, quotas or reminders, a block each; three empty ones to add, without script."""
    row = _rules(request, pk)
    formset = FORMSETS[list_name](request.POST or None, instance=row)
    if request.method == "POST" and formset.is_valid():
        actions.save_lines(row, formset, actor=request.user)
        messages.success(request, _("Your changes are saved."))
        return redirect("eventdesk:registration_lines", pk, list_name)
    due = {}
    if list_name == "reminders":
        due = {reminder.pk: reminder.due_at(row.event) for reminder in row.reminders.all()}
    context = {
        "event": row.event,
        "rules": row,
        "formset": formset,
        "list_name": list_name,
        "heading": HEADINGS[list_name],
        "blocks": [(form, due.get(form.instance.pk)) for form in formset],
    }
    return render(request, "events/registration_desk/lines.html", context)


@form_view(fresh=True)
def invitations(request: SignedIn, pk: int) -> HttpResponse:
    row = _rules(request, pk)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = actions.invite(row, form.cleaned_data["addresses"], actor=request.user)
        messages.success(
            request,
            ngettext("%(n)s invitation is being sent.", "%(n)s invitations are being sent.", new)
            % {"n": new},
        )
        return redirect("eventdesk:registration_invited", pk)
    page = Paginator(row.invited.order_by("address"), 100).get_page(request.GET.get("page"))
    context = {"event": row.event, "rules": row, "form": form, "page": page}
    return render(request, "events/registration_desk/invitations.html", context)


@page_view(fresh=True)
def registrations(request: SignedIn, pk: int) -> HttpResponse:
    event = _event(request, pk)
    row = RegistrationRules.objects.filter(event=event).first()
    if row is None:
        return redirect("eventdesk:registration_rules", pk)
    row.event = event
    filters = RegistrationFilter(request.GET, desk_list(request.user, row))
    page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "event": event,
        "rules": row,
        "filters": filters,
        "page": page,
        "query": query,
        "places": places_of(row),
        "states": numbers_of(row),
        "may_choose": request.GET.get("status") == "pending",
    }
    return render(request, "events/registration_desk/list.html", context)


@page_view(fresh=True)
def file(request: SignedIn, pk: int, form: str) -> StreamingHttpResponse:
    """Return the filtered list as CSV or as a workbook. Logged.

    With sensitive answers only where that is asked for.
    """
    row = _rules(request, pk)
    filters = RegistrationFilter(request.GET, desk_list(request.user, row))
    sensitive = request.GET.get("sensitive") == "1"
    questions = list(row.questions.all() if sensitive else row.questions.filter(is_sensitive=False))
    with transaction.atomic():
        name = "export_sensitive" if sensitive else "export"
        record(row, f"events.registrationrules.{name}", actor=request.user)

    table = Table(
        f"registrations-{row.event_id}",
        _("Registrations"),
        registration_columns(questions),
        page=reverse("eventdesk:registrations", args=[row.event_id]),
        filters=filters_of(filters.form),
        notes=[(_("Event"), row.event.told_title[0])],
    )
    rows = with_answers(filters.qs, sensitive=sensitive).iterator(chunk_size=500)
    return table_response(form, table, rows)


@page_view(fresh=True)
def registration(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _registration(request, pk), RefuseForm())


def _page(
    request: SignedIn, registration: Registration, form: RefuseForm, change_form: ChangeForm | None = None
) -> HttpResponse:
    moves = dict(moves_open_to(request.user, registration))
    changes = changes_of(registration)
    context = {
        "registration": registration,
        "event": registration.event,
        "form": form,
        "may_approve": "approve" in moves,
        "may_refuse": "refuse" in moves and registration.attended_at is None,
        "is_recused": is_recused(request.user, registration),
        "answers": registration.answers.exclude(text="").select_related("question"),
        "changes": changes if registration.is_live else [],
        "change_form": change_form or ChangeForm(initial={"seen": stamp_of(registration, changes)}),
        "decisions": [d for d in decisions_on(registration) if d.reason or d.note],
        "lines": timeline(registration, request.user),
        "places": places_of(registration.rules),
    }
    return render(request, "events/registration_desk/registration.html", context)


@act_view()
def approve(request: SignedIn, pk: int) -> HttpResponse:
    registration = _registration(request, pk)
    with refusal_as_error(request):
        approved = actions.approve(registration, actor=request.user)
        messages.success(
            request,
            _("Approved. The place is confirmed, and the person is informed.")
            if approved.is_confirmed
            else _("Approved, but no place is free: the person is on the waiting list, and is informed."),
        )
    return redirect("eventdesk:registration", pk)


@act_view()
def approve_chosen(request: SignedIn, pk: int) -> HttpResponse:
    """Approve the chosen registrations in order of arrival; those that cannot be approved are counted."""
    row = _rules(request, pk)
    chosen = [
        int(number) for number in request.POST.getlist("chosen") if number.isdecimal() and len(number) < 18
    ]
    done = refused = 0
    for registration in desk_list(request.user, row).filter(pk__in=chosen[:PER_PAGE]):
        try:
            actions.approve(registration, actor=request.user)
            done += 1
        except (DomainError, PermissionDenied):
            refused += 1
    if done:
        text = ngettext(
            "%(n)s registration is approved; the person is informed.",
            "%(n)s registrations are approved; each person is informed.",
            done,
        )
        messages.success(request, text % {"n": done})
    if refused or not chosen:
        messages.error(
            request,
            ngettext("%(n)s could not be approved.", "%(n)s could not be approved.", refused) % {"n": refused}
            if chosen
            else _("Choose at least one registration."),
        )
    return redirect(f"{reverse('eventdesk:registrations', args=[pk])}?status=pending")


@act_view(fresh=True)
def refuse(request: SignedIn, pk: int) -> HttpResponse:
    registration = _registration(request, pk)
    form = RefuseForm(request.POST)
    if form.is_valid():
        with refusal_on(form):
            actions.refuse(registration, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Declined. The person is informed, with the reason."))
            return redirect("eventdesk:registration", pk)
    return _page(request, registration, form)


@act_view(fresh=True)
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Accept the answers that the person changed, or keep those that had been approved."""
    registration = _registration(request, pk)
    form = ChangeForm(request.POST)
    takes = "take" in request.POST
    if form.is_valid():
        try:
            decide_change(
                registration,
                actor=request.user,
                stamp=form.cleaned_data["seen"],
                takes=takes,
                note=form.cleaned_data["note"],
            )
        except DomainError as refusal:
            # What the page shows now is what the next click decides on.
            form = ChangeForm({**request.POST.dict(), "seen": stamp_of(registration)})
            form.is_valid()
            blame(form, refusal)
        else:
            messages.success(
                request,
                _("The changed answers are valid now. The person is informed.")
                if takes
                else _("The approved answers stay. The person is informed, with the reason."),
            )
            return redirect("eventdesk:registration", pk)
    return _page(request, registration, RefuseForm(), form)


# --- Check-in ---------------------------------------------------------------------------------------------
@form_view(fresh=True)
def checkin(request: SignedIn, pk: int) -> HttpResponse:
    """List the confirmed by name and check them in; a name or the code of a ticket narrows the list.

    Only a POST checks in.
    """
    row = _rules(request, pk)
    # A NUL, which no text of the database holds, is in no name and no code.
    words, code = (request.GET.get(name, "").replace("\0", "\ufffd").strip() for name in ("q", "code"))
    rows = desk_list(request.user, row)
    if request.method == "POST":
        return _check_in(request, row, rows)
    confirmed = rows.confirmed()
    matching = rows.filter(code=code) if code else confirmed.filter(user__name__icontains=words)
    context = {
        "event": row.event,
        "page": Paginator(matching.order_by("user__name", "pk"), PER_PAGE).get_page(request.GET.get("page")),
        "query": {"q": words} if words else {},
        "words": words,
        "code": code,
        **confirmed.aggregate(expected=Count("pk"), counted=Count("attended_at")),
        "back": request.GET.urlencode(),
    }
    response = render(request, "events/registration_desk/checkin.html", context)
    response["Permissions-Policy"] = settings.PERMISSIONS_POLICY.replace("camera=()", "camera=(self)")
    return response


def _check_in(request: SignedIn, row: RegistrationRules, rows: Any) -> HttpResponse:
    form = CheckInForm(request.POST)
    registration = form.registration_of(rows)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _checked_in_answer(request, registration, form.cleaned_data)
    if registration is None:
        raise Http404
    with refusal_as_error(request):
        messages.success(request, _act_on_checkin(request, registration, form.cleaned_data))
    # Back to the page of the list; a code is looked up once, and the next person comes.
    sent = QueryDict(form.cleaned_data["back"][:500])
    query = {name: sent[name] for name in ("q", "page") if sent.get(name)}
    return redirect(
        reverse("eventdesk:checkin", args=[row.event_id]) + (f"?{urlencode(query)}" if query else "")
    )


def _checked_in_answer(
    request: SignedIn, registration: Registration | None, cleaned: dict[str, Any]
) -> JsonResponse:
    """Return what the script of the page shows: {"text", "is_refused"}."""
    try:
        if registration is None:
            raise WrongState(_("This code belongs to no registration of this event."))
        text = _act_on_checkin(request, registration, cleaned)
    except DomainError as refusal:
        return JsonResponse({"text": str(refusal), "is_refused": True}, status=409)
    return JsonResponse({"text": text, "is_refused": False})


def _act_on_checkin(request: SignedIn, registration: Registration, cleaned: dict[str, Any]) -> str:
    """Check the person in, or undo it; return what happened."""
    if cleaned["undo"]:
        actions.uncount(registration, actor=request.user)
        text = _("%(name)s is no longer checked in.")
    else:
        actions.count_in(registration, actor=request.user, ago=cleaned["seconds_ago"])
        text = _("%(name)s is checked in.")
    return text % {"name": registration.participant}
