"""The desk's pages of sources: all of them, and one with the facts that need a new look and its fetching."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.views import refusal_as_warning
from taxonomy.hooks import Source
from taxonomy.sources.actions import ask_now, confirm_facts, set_address, set_age_rule
from taxonomy.sources.enums import Outcome
from taxonomy.sources.forms import AddressForm, AgeRuleForm
from taxonomy.sources.queries import Known, OldFacts, known_sources, sources_for
from taxonomy.sources.rules import keeps, may_set

PER_PAGE = 25
TABS = ("waiting", "due")


@page_view(permission="taxonomy.view_sources")
def source_list(request: SignedIn) -> HttpResponse:
    """List the sources with their figures; or only those that wait for a decision or need a look."""
    known = known_sources(request.user)
    rows = {
        "": known,
        "waiting": [source for source in known if source.figures.waiting],
        "due": [source for source in known if source.figures.old],
    }
    tab = next((name for name in TABS if request.GET.get(name)), "")
    page = Paginator(rows[tab], PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tab": tab,
        "numbers": {name or "all": len(sources) for name, sources in rows.items()},
        "fetchable": {
            source.code for source in page if source.address and may_set(request.user, source.source)
        },
    }
    return render(request, "taxonomy/sources/list.html", context)


@form_view(permission="taxonomy.view_sources")
def source_page(request: SignedIn, code: str) -> HttpResponse:
    """Show a source, or set the address from which it is fetched."""
    known = _known(request, code)
    form = None
    if request.method == "POST":
        if not may_set(request.user, known.source):
            raise Http404
        form = _address_form(known, request.POST)
        if form.is_valid():
            set_address(code, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The address is saved."))
            return redirect("sources:source", code)
    return _show(request, known, form=form)


@form_view(permission="taxonomy.view_sources")
def source_age(request: SignedIn, code: str) -> HttpResponse:
    """Show a source, or set after how many months its facts need a new look."""
    known = _known(request, code)
    if not keeps(request.user, known.source):
        raise Http404
    form = AgeRuleForm(request.POST if request.method == "POST" else None, rule=known.rule)
    if form.is_valid():
        set_age_rule(code, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The rule is saved."))
        return redirect("sources:source", code)
    return _show(request, known, age_form=form)


@act_view(permission="taxonomy.view_sources")
def source_confirm(request: SignedIn, code: str) -> HttpResponse:
    if not keeps(request.user, _source(request, code)):
        raise Http404
    number = confirm_facts(code, request.POST.getlist("fact"), actor=request.user)
    if number:
        text = ngettext(
            "%(number)s fact is confirmed as of today.", "%(number)s facts are confirmed as of today.", number
        )
        messages.success(request, text % {"number": number})
    else:
        messages.warning(request, _("Choose the facts that you have compared with their source."))
    return redirect("sources:source", code)


@act_view(permission="taxonomy.view_sources")
def source_fetch(request: SignedIn, code: str) -> HttpResponse:
    if not may_set(request.user, _source(request, code)):
        raise Http404
    with refusal_as_warning(request):
        ask_now(code, actor=request.user)
        messages.success(request, _("The file is being fetched. Come back to this page in a few minutes."))
    return redirect("sources:source", code)


def _show(
    request: SignedIn, known: Known, *, form: AddressForm | None = None, age_form: AgeRuleForm | None = None
) -> HttpResponse:
    """Show the page of a source, with a form that was refused if there is one."""
    if may_set(request.user, known.source):
        form = form or _address_form(known)
    if keeps(request.user, known.source):
        age_form = age_form or AgeRuleForm(rule=known.rule)
    # The paginator counts and slices it, which is all that it can do.
    facts: Any = OldFacts(known.source.rows(request.user), known.rule)
    page = Paginator(facts, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "known": known,
        "form": form,
        "age_form": age_form,
        "waiting": known.figures.waiting if form else 0,
        "is_new": bool(known.fetched and known.fetched.outcome == Outcome.NEW),
        "places": [
            place
            for place in known.source.places
            if not place.permission or request.user.has_perm(place.permission)
        ],
        "page": page,
        "can_confirm": age_form is not None and any(fact.key for fact in page),
    }
    return render(request, "taxonomy/sources/source.html", context)


def _address_form(known: Known, data: Any = None) -> AddressForm:
    return AddressForm(data, fetched=known.fetched, address=known.address)


def _source(request: SignedIn, code: str) -> Source:
    """Return the source without its figures, which an act does not need."""
    source = sources_for(request.user).get(code)
    if source is None:
        raise Http404
    return source


def _known(request: SignedIn, code: str) -> Known:
    known = known_sources(request.user, code)
    if not known:
        raise Http404
    return known[0]
