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
    """List what waits, or what became of the others, with the source of each."""
    filters, filtered_candidates = _filter_candidates(request)
    page = Paginator(filtered_candidates, PER_PAGE).get_page(request.GET.get("page"))
    countries = dict(Country.objects.for_choices())
    context = {
        "filters": filters,
        "page": page,
        "rows": [
            (candidate, Kind(candidate.said["kind"]).label, countries.get(candidate.said["country_id"], ""))
            for candidate in page
        ],
        "query": _query(request),
        "filtered": any(request.GET.get(name) for name in filters.filters),
    }
    return render(request, "stakeholders/registers/candidates.html", context)


@form_view(permission="stakeholders.import_listed")
def candidate(request: SignedIn, pk: int) -> HttpResponse:
    """Show a candidate; a POST lists it, joins it to an entry or leaves it out, and leads on to the next."""
    candidate = get_object_or_404(
        Candidate.objects.visible_to(request.user).select_related("stakeholder", "decided_by"), pk=pk
    )
    act = request.POST.get("act", "")
    bound = _forms(candidate, request.POST if request.method == "POST" else None, act)
    if request.method == "POST":
        try:
            if message := _carry_out(candidate, act, bound, request):
                messages.success(request, message)
                return redirect(_next_address(request, candidate))
        except WrongState as late:
            messages.warning(request, str(late))
            return redirect("vetting:candidate", pk)
        except DomainError as refusal:
            messages.warning(request, str(refusal))
    context = {
        "candidate": candidate,
        "sources": [
            {"name": name, "url": url, "day": date.fromisoformat(day)} for name, url, day in candidate.sources
        ],
        "country": dict(Country.objects.for_choices()).get(candidate.said["country_id"], ""),
        "matches": _matches(candidate),
        "list_form": bound["list"],
        "leave_out_form": bound["leave_out"],
        "wrong": next((form for form in bound.values() if form.errors), None),
    }
    return render(request, "stakeholders/registers/candidate.html", context)


def _filter_candidates(request: HttpRequest) -> tuple[CandidateFilter, QuerySet[Candidate]]:
    everything = Candidate.objects.visible_to(request.user).order_by("code")
    filters = CandidateFilter(request.GET, queryset=everything, request=request)
    return filters, filters.qs if filters.is_valid() else everything.none()


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _forms(candidate: Candidate, data: Any, act: str) -> dict[str, Form]:
    return {
        "list": ListForm(data if act == "list" else None, candidate=candidate, prefix="list"),
        "leave_out": LeaveOutForm(data if act == "leave_out" else None, prefix="leave"),
    }


def _carry_out(candidate: Candidate, act: str, bound: dict[str, Form], request: SignedIn) -> str:
    """Carry the act out; return a sentence about it, "" where the form is incomplete. Raises as acts do."""
    actor: Any = request.user
    names = {"name": candidate.name}
    if act == "same":
        pk = whole(request.POST.get("entry", ""))
        entry = get_object_or_404(Stakeholder.objects.visible_to(actor), pk=pk)
        actions.join_candidate(candidate, entry, actor=actor)
        return _already_listed_message(candidate, entry)
    if act not in FORMS or not bound[act].is_valid():
        return ""
    if act == "list":
        entry, is_new = actions.list_candidate(candidate, actor=actor, **bound[act].cleaned_data)
        return _("“%(name)s” is listed.") % names if is_new else _already_listed_message(candidate, entry)
    actions.leave_out(candidate, actor=actor, **bound[act].cleaned_data)
    return _("“%(name)s” is left out.") % names


def _already_listed_message(candidate: Candidate, entry: Stakeholder) -> str:
    message = _("“%(name)s” is in the directory already and was not listed again.") % {"name": candidate.name}
    if entry.status in Status.SHOWN:
        return message
    return f"{message} {_('Status')}: {entry.get_status_display()}."


def _next_address(request: HttpRequest, done: Candidate) -> str:
    """Return the address of the next candidate that waits under the same filters, else of the list."""
    _filters, filtered_candidates = _filter_candidates(request)
    waiting = filtered_candidates.filter(status=CandidateStatus.WAITING).exclude(pk=done.pk)
    further = waiting.filter(code__gt=done.code).first() or waiting.first()
    at = reverse("vetting:candidate", args=[further.pk]) if further else reverse("vetting:candidates")
    query = _query(request)
    return f"{at}?{query}" if query else at


def _matches(candidate: Candidate) -> list[Any]:
    """Return the entries that it may be, without those of the demonstration."""
    if candidate.stakeholder_id is not None:
        return []
    return likely_matches(actions.entry_from(candidate.said), Stakeholder.objects.filter(is_demo=False))
