"""The workspace of a regional focal point, and the pages behind it."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
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
from core.spreadsheet_cells import iso
from core.spreadsheets import csv_response
from core.views import refusal_as_warning
from stakeholders.appointments.models import Appointment
from stakeholders.recommendations import queries as recommendations_queries

PER_PAGE = 25


def _covering(request: HttpRequest) -> Any:
    if not request.user.has_perm("stakeholders.cover_region"):
        raise Http404
    return request.user


@page_view()
def home(request: SignedIn) -> HttpResponse:
    """My region: what waits for me, what comes from there, and who is there."""
    user = _covering(request)
    places = user.places_of(Role.REGIONAL)
    by_name = recommendations_queries.places_of(user)
    sent = applications(user, request.GET.get("page"))
    version, things = queries.things(user, places)
    numbers = queries.numbers(user, version=version)
    countries = queries.countries_of(places)
    empty = sum(1 for iso3, _name in countries if not numbers.by_country[iso3])
    said = (by_name, sent, things, numbers.total, numbers.lapsing, numbers.soonest, len(countries), empty)
    context = {
        # The page's middle is made once for what it says: whatever it shows is in here.
        "fingerprint": sha256(
            f"{settings.RELEASE} {get_language()} {get_current_timezone_name()} {said!r}".encode()
        ).hexdigest(),
        "places": by_name,
        "terms": queries.terms(things),
        "waiting": sent.waiting,
        "more_wait": len(sent.waiting) == MOST_WAITING,
        "returned": sent.returned,
        "page": sent.page,
        "query": {},
        "lines": sent.lines,
        "numbers": numbers,
        "countries": len(countries),
        "empty": empty,
        "things": things,
    }
    return render(request, "coordination/workspace/home.html", context)


@page_view()
def coverage(request: SignedIn) -> HttpResponseBase:
    """A table of my countries by kind or topic; `?format=csv` gives it as a file."""
    user = _covering(request)
    by = "topic" if request.GET.get("by") == "topic" else "kind"
    empty_only = "empty" in request.GET
    heads, lines = queries.coverage(user, by, empty_only=empty_only)
    if request.GET.get("format") == "csv":
        rows = [[line.iso3, line.name, line.total, *line.cells] for line in lines]
        return csv_response("coverage.csv", [_("Code"), _("Country or area"), _("All"), *heads], rows)
    context = {"by": by, "empty_only": empty_only, "heads": heads, "lines": lines}
    return render(request, "coordination/workspace/coverage.html", context)


@page_view()
def stakeholders(request: SignedIn) -> HttpResponseBase:
    """Those of my places that I find, by part of the name, country or kind; `?format=csv`: as a file."""
    user = _covering(request)
    form = FindForm(request.GET, countries=queries.countries_of(user.places_of(Role.REGIONAL)))
    asked = form.asked()
    rows = queries.found_stakeholders(user, **asked)
    if request.GET.get("format") == "csv":
        lines = (
            [
                one.pk,
                one.name,
                one.get_kind_display(),
                one.country_id,
                one.get_status_display(),
                iso(one.lapses_at),
            ]
            for one in rows.iterator(chunk_size=1000)
        )
        heads = [_("Number"), _("Name"), _("Kind"), _("Country or area"), _("Status"), _("Lapses on")]
        return csv_response("stakeholders.csv", heads, lines)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "query": {name: value or None for name, value in asked.items()}}
    return render(request, "coordination/workspace/stakeholders.html", context)


# --- The term -----------------------------------------------------------------------------------------
@form_view()
def term(request: SignedIn, pk: int) -> HttpResponse:
    """My appointment: who stands in and when, notes for those who come after, and whether I am named."""
    user = _covering(request)
    appointment = get_object_or_404(Appointment.objects.visible_to(user).filter(user=user), pk=pk)
    if not user.has_perm("coordination.say_absent", appointment):
        raise Http404
    what = request.POST.get("act", "")
    posted = request.POST if request.method == "POST" else None
    named = Named.objects.filter(user=user).first()
    notes = TermNote.objects.visible_to(user).filter(appointment=appointment).first()
    deputies = Deputy.objects.filter(appointment=appointment).select_related("user")
    forms = {
        "absence": AbsenceForm(posted if what == "absence" else None, deputies=deputies, prefix="absence"),
        "notes": NotesForm(
            posted if what == "notes" else None, initial={"text": notes.text if notes else ""}, prefix="notes"
        ),
        "named": NamedForm(
            posted if what == "named" else None,
            initial={"agrees": named is not None, "about": named.about if named else ""},
            prefix="named",
        ),
    }
    if what in forms and forms[what].is_valid() and _said(request, appointment, what, forms[what]):
        return redirect("regional:term", pk)
    context = {
        "appointment": appointment,
        "deputies": list(deputies),
        "absences": appointment.absences.select_related("deputy"),
        "forms": forms,
        "wrong": any(form.errors for form in forms.values()),
    }
    return render(request, "coordination/workspace/term.html", context)


def _said(request: HttpRequest, appointment: Appointment, what: str, form: Any) -> bool:
    user: Any = request.user
    with refusal_on(form):
        if what == "absence":
            absences_actions.say_absent(appointment, actor=user, **form.said())
            messages.success(request, _("Saved. The deputy gets an e-mail, and your work on the first day."))
        elif what == "notes":
            hand_overs_actions.keep_notes(appointment, form.cleaned_data["text"], actor=user)
            messages.success(request, _("Your notes are saved."))
        else:
            focal_points_actions.be_named(user, **form.cleaned_data)
            messages.success(request, _("Saved."))
        return True
    return False


@act_view()
def back(request: SignedIn, pk: int) -> HttpResponse:
    """End an absence of mine, or call it off."""
    user = _covering(request)
    absence = get_object_or_404(Absence.objects.visible_to(user).filter(appointment__user=user), pk=pk)
    with refusal_as_warning(request):
        absences_actions.call_back(absence, actor=user)
        messages.success(request, _("Welcome back. What was not done is with you again."))
    return redirect("regional:term", absence.appointment_id)


@page_view()
def standing_in(request: SignedIn, pk: int) -> HttpResponse:
    """What a deputy reads while they stand in: the notes of the person who is away."""
    user = _covering(request)
    rows = Absence.objects.visible_to(user).in_force().filter(deputy=user)
    absence = get_object_or_404(rows.select_related("appointment__user"), pk=pk)
    notes = TermNote.objects.visible_to(user).filter(appointment=absence.appointment_id).first()
    return render(request, "coordination/workspace/standing_in.html", {"absence": absence, "notes": notes})
