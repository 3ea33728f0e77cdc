"""The desk's pages of organizations that wait for a person before they are listed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.text import whole
from stakeholders.applications.queries import likely_matches
from stakeholders.entries.enums import Kind, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.registers import actions_candidates as actions
from stakeholders.registers.enums import CandidateStatus
from stakeholders.registers.filters import CandidateFilter
from stakeholders.registers.forms import LeaveOutForm, ListForm
from stakeholders.registers.models import Candidate
from taxonomy.places.models import Country

PER_PAGE = 25
FORMS = ("list", "leave_out")


@page_view(permission="stakeholders.import_listed")
def candidates(request: SignedIn) -> HttpResponse:
    """What waits, or what became of the others, with the source of each."""
    filters, found = _filtered(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    countries = dict(Country.objects.for_choices())
    context = {
        "filters": filters,
        "page": page,
        "rows": [
            (one, Kind(one.said["kind"]).label, countries.get(one.said["country_id"], "")) for one in page
        ],
        "query": _query(request),
        "filtered": any(request.GET.get(name) for name in filters.filters),
    }
    return render(request, "stakeholders/registers/candidates.html", context)


@form_view(permission="stakeholders.import_listed")
def candidate(request: SignedIn, pk: int) -> HttpResponse:
    """All that is known of one: list it, say which entry it is, or leave it out. Leads on to the next."""
    found = get_object_or_404(
        Candidate.objects.visible_to(request.user).select_related("stakeholder", "decided_by"), pk=pk
    )
    act = request.POST.get("act", "")
    bound = _forms(found, request.POST if request.method == "POST" else None, act)
    if request.method == "POST":
        try:
            if said := _done(found, act, bound, request):
                messages.success(request, said)
                return redirect(_next(request, found))
        except WrongState as late:
            messages.warning(request, str(late))
            return redirect("vetting:candidate", pk)
        except DomainError as refusal:
            messages.warning(request, str(refusal))
    context = {
        "candidate": found,
        "sources": [
            {"name": name, "url": url, "day": date.fromisoformat(day)} for name, url, day in found.sources
        ],
        "country": dict(Country.objects.for_choices()).get(found.said["country_id"], ""),
        "matches": _matches(found),
        "list_form": bound["list"],
        "leave_out_form": bound["leave_out"],
        "wrong": next((form for form in bound.values() if form.errors), None),
    }
    return render(request, "stakeholders/registers/candidate.html", context)


def _filtered(request: HttpRequest) -> tuple[CandidateFilter, QuerySet[Candidate]]:
    everything = Candidate.objects.visible_to(request.user).order_by("code")
    filters = CandidateFilter(request.GET, queryset=everything, request=request)
    return filters, filters.qs if filters.is_valid() else everything.none()


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _forms(found: Candidate, data: Any, act: str) -> dict[str, Form]:
    return {
        "list": ListForm(data if act == "list" else None, candidate=found, prefix="list"),
        "leave_out": LeaveOutForm(data if act == "leave_out" else None, prefix="leave"),
    }


def _done(found: Candidate, act: str, bound: dict[str, Form], request: SignedIn) -> str:
    """What was done, in a sentence; empty where the form lacks something. Raises as the acts do."""
    actor: Any = request.user
    names = {"name": found.name}
    if act == "same":
        pk = whole(request.POST.get("entry", ""))
        entry = get_object_or_404(Stakeholder.objects.visible_to(actor), pk=pk)
        actions.join_candidate(found, entry, actor=actor)
        return _there_already(found, entry)
    if act not in FORMS or not bound[act].is_valid():
        return ""
    if act == "list":
        entry, is_new = actions.list_candidate(found, actor=actor, **bound[act].cleaned_data)
        return _("“%(name)s” is listed.") % names if is_new else _there_already(found, entry)
    actions.leave_out(found, actor=actor, **bound[act].cleaned_data)
    return _("“%(name)s” is left out.") % names


def _there_already(found: Candidate, entry: Stakeholder) -> str:
    said = _("“%(name)s” is in the directory already and was not listed again.") % {"name": found.name}
    if entry.status in Status.SHOWN:
        return said
    return f"{said} {_('Status')}: {entry.get_status_display()}."


def _next(request: HttpRequest, done: Candidate) -> str:
    """The next that waits under the same filters, or the list where there is none."""
    _filters, found = _filtered(request)
    waiting = found.filter(status=CandidateStatus.WAITING).exclude(pk=done.pk)
    further = waiting.filter(code__gt=done.code).first() or waiting.first()
    at = reverse("vetting:candidate", args=[further.pk]) if further else reverse("vetting:candidates")
    query = _query(request)
    return f"{at}?{query}" if query else at


def _matches(found: Candidate) -> list[Any]:
    """Entries that it may be; an invented one is none."""
    if found.stakeholder_id is not None:
        return []
    return likely_matches(actions.entry_from(found.said), Stakeholder.objects.filter(is_demo=False))
