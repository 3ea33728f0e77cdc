"""Offers and needs: the page that everybody browses, what answers one's own, and looking after them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.facets import chips_of, counted_choices
from core.forms import blame, refusal_on, renew_version
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.views import edited_entry, managed_entry
from stakeholders.exchange import actions
from stakeholders.exchange.enums import Direction
from stakeholders.exchange.filters import ExchangeFilter
from stakeholders.exchange.forms import OfferForm
from stakeholders.exchange.models import Offer
from stakeholders.exchange.queries import (
    FACETS,
    cards,
    counts,
    listed_offers,
    matches,
    names,
    own_entries,
    own_offers,
    with_obstacles,
)

PER_PAGE = 20


@page_view(public=True)
def exchange(request: HttpRequest) -> HttpResponse:
    """List what stakeholders offer and need, as far as the reader may see it."""
    called = names()
    filters = ExchangeFilter(request.GET, names=called)
    question = filters.question
    page = Paginator(listed_offers(request.user, question), PER_PAGE).get_page(request.GET.get("page"))
    counted = counts(request.user, question)
    context = {
        "question": question,
        "page": page,
        "cards": with_obstacles(request.user, cards(page.object_list, called)),
        "facets": {
            name: counted_choices(
                name, called[name], counted[name], question.codes(name), every=name == "direction"
            )
            for name in FACETS
        },
        "chips": chips_of(question, called),
        "not_understood": filters.not_understood,
        "own": own_entries(request.user) if request.user.is_authenticated else [],
    }
    return render(request, "stakeholders/exchange/list.html", context)


@page_view(fresh=True)
def offers(request: SignedIn, pk: int) -> HttpResponse:
    """What one entry offers and needs, for its own people and the desk."""
    stakeholder = managed_entry(request, pk)
    context = {
        "stakeholder": stakeholder,
        "cards": own_offers(stakeholder, request.user),
        "may_edit": request.user.has_perm("stakeholders.change_stakeholder", stakeholder),
        "belongs": _belongs(request, stakeholder),
    }
    return render(request, "stakeholders/exchange/own.html", context)


@page_view(fresh=True)
def offer_matches(request: SignedIn, pk: int) -> HttpResponse:
    """Needs that this entry could meet, and who offers what it needs; for its own people."""
    stakeholder = managed_entry(request, pk)
    if not _belongs(request, stakeholder):
        raise Http404
    context = {
        "stakeholder": stakeholder,
        "needs": with_obstacles(request.user, matches(stakeholder, request.user, Direction.NEED)),
        "offers": with_obstacles(request.user, matches(stakeholder, request.user, Direction.OFFER)),
        "may_edit": request.user.has_perm("stakeholders.change_stakeholder", stakeholder),
    }
    return render(request, "stakeholders/exchange/matches.html", context)


@form_view(fresh=True)
def offer_add(request: SignedIn, pk: int) -> HttpResponse:
    stakeholder = edited_entry(request, pk)
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.add_offer(
                stakeholder,
                actor=request.user,
                direction=form.cleaned_data["direction"],
                fields=form.offer_fields(),
            )
            messages.success(request, _("It is in the offers and needs now, for the audience you chose."))
            return redirect("stakeholders:offers", pk)
    return render(
        request, "stakeholders/exchange/form.html", {"stakeholder": stakeholder, "form": form, "offer": None}
    )


@form_view(fresh=True)
def offer_change(request: SignedIn, pk: int, offer: int) -> HttpResponse:
    stakeholder = edited_entry(request, pk)
    stored = _own(request, stakeholder, offer)
    if stored.closed_at is not None:
        messages.info(request, _("This has been closed already."))
        return redirect("stakeholders:offers", pk)
    form = OfferForm(request.POST or None, offer=stored)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_offer(
                stored,
                actor=request.user,
                version=form.cleaned_data["version"] or 0,
                fields=form.offer_fields(),
            )
        except DomainError as refusal:
            blame(form, refusal)
            if isinstance(refusal, WrongState):
                renew_version(form, Offer.objects.get(pk=stored.pk).version)
        else:
            messages.success(request, _("It is changed."))
            return redirect("stakeholders:offers", pk)
    return render(
        request,
        "stakeholders/exchange/form.html",
        {"stakeholder": stakeholder, "form": form, "offer": stored},
    )


@act_view()
def offer_close(request: SignedIn, pk: int, offer: int) -> HttpResponse:
    stakeholder = edited_entry(request, pk)
    try:
        actions.close_offer(_own(request, stakeholder, offer), actor=request.user)
        messages.success(request, _("Closed. Others do not find it any more."))
    except WrongState as late:
        messages.warning(request, str(late))
    return redirect("stakeholders:offers", pk)


def _own(request: HttpRequest, stakeholder: Stakeholder, pk: int) -> Offer:
    rows = Offer.objects.visible_to(request.user).filter(stakeholder=stakeholder)
    return get_object_or_404(rows.select_related("stakeholder"), pk=pk)


def _belongs(request: SignedIn, stakeholder: Stakeholder) -> bool:
    return request.user.memberships.filter(stakeholder=stakeholder).exists()
