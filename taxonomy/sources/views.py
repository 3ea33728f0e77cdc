"""The desk's pages of sources: all of them, and one with its old facts and where it is fetched from."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.views import refusal_as_warning
from taxonomy.sources.actions import ask_now, set_address
from taxonomy.sources.enums import Outcome
from taxonomy.sources.forms import AddressForm
from taxonomy.sources.queries import Known, OldFacts, known_sources, may_set

PER_PAGE = 25


@page_view(permission="taxonomy.view_sources")
def source_list(request: SignedIn) -> HttpResponse:
    """Every source with its figures, and which of them has a new file."""
    known = known_sources(request.user)
    some = [one for one in known if one.figures.waiting]
    is_waiting = bool(request.GET.get("waiting"))
    page = Paginator(some if is_waiting else known, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "is_waiting": is_waiting, "all": len(known), "waiting": len(some)}
    return render(request, "taxonomy/sources/list.html", context)


@form_view(permission="taxonomy.view_sources")
def source_page(request: SignedIn, code: str) -> HttpResponse:
    """One source; sent, the address that it is fetched from."""
    one = _known(request, code)
    form = None
    if may_set(request.user, one.source):
        form = AddressForm(
            request.POST if request.method == "POST" else None,
            fetched=one.fetched,
            address=one.source.fetching.address if one.source.fetching else "",
        )
    elif request.method == "POST":
        raise Http404
    if form is not None and form.is_valid():
        set_address(code, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The address is saved."))
        return redirect("sources:source", code)
    facts: Any = OldFacts(one.source.rows(request.user))  # it counts and slices, which is all that is asked
    page = Paginator(facts, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "one": one,
        "form": form,
        "waiting": one.figures.waiting if form else 0,
        "waiting_page": _waiting_page(one),
        "places": [
            place
            for place in one.source.places
            if not place.permission or request.user.has_perm(place.permission)
        ],
        "page": page,
    }
    return render(request, "taxonomy/sources/source.html", context)


@act_view(permission="taxonomy.view_sources")
def source_fetch(request: SignedIn, code: str) -> HttpResponse:
    one = _known(request, code)
    if not may_set(request.user, one.source):
        raise Http404
    with refusal_as_warning(request):
        ask_now(code, actor=request.user)
        messages.success(request, _("The file is being fetched. Come back to this page in a few minutes."))
    return redirect("sources:source", code)


def _waiting_page(one: Known) -> str:
    """Where what was fetched last is compared, and was decided since perhaps."""
    fetched, fetching = one.fetched, one.source.fetching
    if fetched is None or fetching is None or fetched.taken_as is None or fetched.outcome != Outcome.NEW:
        return ""
    return fetching.page(fetched.taken_as)


def _known(request: SignedIn, code: str) -> Known:
    found = known_sources(request.user, code)
    if not found:
        raise Http404
    return found[0]
