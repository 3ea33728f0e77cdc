"""The workspace of a regional focal point, and the pages behind it."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.enums import Role
from accounts.people.requests import SignedIn
from coordination.absences import actions as absences_actions
from coordination.absences.forms import AbsenceForm
from coordination.absences.models import Absence, Deputy
from coordination.focal_points import actions as focal_points_actions
from coordination.focal_points.forms import NamedForm
from coordination.focal_points.models import Named
from coordination.hand_overs import actions as hand_overs_actions
from coordination.hand_overs.forms import NotesForm
from coordination.hand_overs.models import TermNote
from coordination.workspace import queries
from coordination.workspace.forms import FindForm
from coordination.workspace.queries_applications import MOST_WAITING, applications
from core.forms import refusal_on
from core.spreadsheets import MEDIA_TYPES, Column, Table, columns_by_place, filters_of, table_response
from core.views import refusal_as_warning
from stakeholders.appointments.models import Appointment
from stakeholders.recommendations import queries as recommendations_queries

PER_PAGE = 25


def _regional_user(request: HttpRequest) -> Any:
    if not request.user.has_perm("stakeholders.cover_region"):
        raise Http404
    return request.user


@page_view()
def home(request: SignedIn) -> HttpResponse:
    """Show the work of the person, what comes from their region, and who is there."""
    user = _regional_user(request)
    places = user.places_of(Role.REGIONAL)
    by_name = recommendations_queries.places_of(user)
    sent = applications(user, request.GET.get("page"))
    version, by_kind = queries.lines_by_kind(user, places)
    numbers = queries.numbers(user, version=version)
    countries = queries.countries_of(places)
    empty = sum(1 for iso3, _name in countries if not numbers.by_country[iso3])
    content = (by_name, sent, by_kind, numbers.total, numbers.lapsing, numbers.soonest, len(countries), empty)
    context = {
        # The page's middle is made once for what it says: whatever it shows is in here.
        "fingerprint": sha256(
            f"{settings.RELEASE} {get_language()} {get_current_timezone_name()} {content!r}".encode()
        ).hexdigest(),
        "places": by_name,
        "terms": queries.terms(by_kind),
        "waiting": sent.waiting,
        "more_wait": len(sent.waiting) == MOST_WAITING,
        "returned": sent.returned,
        "page": sent.page,
        "query": {},
        "lines": sent.lines,
        "numbers": numbers,
        "countries": len(countries),
        "empty": empty,
        "by_kind": by_kind,
    }
    return render(request, "coordination/workspace/home.html", context)


@page_view()
def coverage(request: SignedIn) -> HttpResponseBase:
    """Show a table of the person's countries by kind or topic; `?format=` returns it as a file."""
    user = _regional_user(request)
    by = "topic" if request.GET.get("by") == "topic" else "kind"
    empty_only = "empty" in request.GET
    heads, lines = queries.coverage(user, by, empty_only=empty_only)
    if (form := request.GET.get("format")) in MEDIA_TYPES:
        rows = [[line.iso3, line.name, line.total, *line.cells] for line in lines]
        columns = columns_by_place([_("Code"), _("Country or area"), _("All"), *heads])
        table = Table(
            "coverage", _("Stakeholders by country or area"), columns, page=reverse("regional:coverage")
        )
        return table_response(form, table, rows)
    context = {"by": by, "empty_only": empty_only, "heads": heads, "lines": lines}
    return render(request, "coordination/workspace/coverage.html", context)


@page_view()
def stakeholders(request: SignedIn) -> HttpResponseBase:
    """List stakeholders of the person's places; `?format=` returns them as a file."""
    user = _regional_user(request)
    form = FindForm(request.GET, countries=queries.countries_of(user.places_of(Role.REGIONAL)))
    values = form.values()
    rows = queries.matching_stakeholders(user, **values)
    if (form_of_file := request.GET.get("format")) in MEDIA_TYPES:
        columns = [
            Column(_("Number"), lambda stakeholder: stakeholder.pk),
            Column(_("Name"), lambda stakeholder: stakeholder.name),
            Column(_("Kind"), lambda stakeholder: stakeholder.get_kind_display()),
            Column(_("Country or area"), lambda stakeholder: stakeholder.country_id),
            Column(_("Status"), lambda stakeholder: stakeholder.get_status_display()),
            Column(
                _("Lapses on"), lambda stakeholder: stakeholder.lapses_at and stakeholder.lapses_at.date()
            ),
        ]
        table = Table(
            "stakeholders",
            _("Stakeholders"),
            columns,
            page=reverse("regional:stakeholders"),
            filters=filters_of(form),
        )
        return table_response(form_of_file, table, rows.iterator(chunk_size=1000))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "query": {name: value or None for name, value in values.items()}}
    return render(request, "coordination/workspace/stakeholders.html", context)


# --- The term -----------------------------------------------------------------------------------------
@form_view()
def term(request: SignedIn, pk: int) -> HttpResponse:
    """Show the person's term: deputies, absences, notes, and whether they are named."""
    user = _regional_user(request)
    appointment = get_object_or_404(Appointment.objects.visible_to(user).filter(user=user), pk=pk)
    if not user.has_perm("coordination.say_absent", appointment):
        raise Http404
    action = request.POST.get("act", "")
    posted = request.POST if request.method == "POST" else None
    agreement = Named.objects.filter(user=user).first()
    notes = TermNote.objects.visible_to(user).filter(appointment=appointment).first()
    deputies = Deputy.objects.filter(appointment=appointment).select_related("user")
    forms = {
        "absence": AbsenceForm(posted if action == "absence" else None, deputies=deputies, prefix="absence"),
        "notes": NotesForm(
            posted if action == "notes" else None,
            initial={"text": notes.text if notes else ""},
            prefix="notes",
        ),
        "named": NamedForm(
            posted if action == "named" else None,
            initial={"agrees": agreement is not None, "about": agreement.about if agreement else ""},
            prefix="named",
        ),
    }
    if (
        action in forms
        and forms[action].is_valid()
        and _save_form(request, appointment, action, forms[action])
    ):
        return redirect("regional:term", pk)
    context = {
        "appointment": appointment,
        "deputies": list(deputies),
        "absences": appointment.absences.select_related("deputy"),
        "forms": forms,
        "wrong": any(form.errors for form in forms.values()),
    }
    return render(request, "coordination/workspace/term.html", context)


def _save_form(request: HttpRequest, appointment: Appointment, action: str, form: Any) -> bool:
    user: Any = request.user
    with refusal_on(form):
        if action == "absence":
            absences_actions.say_absent(appointment, actor=user, **form.values())
            messages.success(request, _("Saved. The deputy gets an e-mail, and your work on the first day."))
        elif action == "notes":
            hand_overs_actions.keep_notes(appointment, form.cleaned_data["text"], actor=user)
            messages.success(request, _("Your notes are saved."))
        else:
            focal_points_actions.be_named(user, **form.cleaned_data)
            messages.success(request, _("Saved."))
        return True
    return False


@act_view()
def back(request: SignedIn, pk: int) -> HttpResponse:
    """End an absence of the person, or call it off."""
    user = _regional_user(request)
    absence = get_object_or_404(Absence.objects.visible_to(user).filter(appointment__user=user), pk=pk)
    with refusal_as_warning(request):
        absences_actions.call_back(absence, actor=user)
        messages.success(request, _("Welcome back. Unfinished work is with you again."))
    return redirect("regional:term", absence.appointment_id)


@page_view()
def standing_in(request: SignedIn, pk: int) -> HttpResponse:
    """Show a deputy in office the notes of the person who is away."""
    user = _regional_user(request)
    rows = Absence.objects.visible_to(user).in_force().filter(deputy=user)
    absence = get_object_or_404(rows.select_related("appointment__user"), pk=pk)
    notes = TermNote.objects.visible_to(user).filter(appointment=absence.appointment_id).first()
    return render(request, "coordination/workspace/standing_in.html", {"absence": absence, "notes": notes})
