"""Networks as everybody sees them, and as the desk begins them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from coordination.networks import actions, queries
from coordination.networks.filters import NetworkFilter
from coordination.networks.forms import NetworkForm
from coordination.networks.models import Network
from core.forms import refusal_on
from core.views import refusal_as_warning

PAGE = 30


def visible_network(request: HttpRequest, pk: int) -> Network:
    rows = Network.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("region", "country", "parent", "language"), pk=pk)


def coordinated_network(request: HttpRequest, pk: int) -> Network:
    """One that the person looks after; for everybody else the page is not there."""
    network = visible_network(request, pk)
    if not request.user.has_perm("coordination.coordinate_network", network):
        raise Http404
    return network


def words_about(network: Network) -> dict[str, Any]:
    """Return what the page of every act on a network says about it."""
    crumbs = "coordination/networks/_crumbs.html"
    return {"crumbs": crumbs, "network": network, "about": network.name, "back": network}


@page_view(public=True)
def network_list(request: HttpRequest) -> HttpResponse:
    filters = NetworkFilter(request.GET, queries.networks(request.user))
    page = Paginator(filters.qs, PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "lines": queries.with_counts(request.user, list(page.object_list)),
        "runs": request.user.has_perm("coordination.run_networks"),
    }
    return render(request, "coordination/networks/list.html", context)


@page_view(public=True)
def by_number(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect(visible_network(request, pk))


@page_view(public=True)
def network_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    network = visible_network(request, pk)
    if slug != network.slug:
        return redirect(network, permanent=True)
    user: Any = request.user
    own = [] if not user.is_authenticated else queries.may_ask_for(user, network)
    context = {
        "network": network,
        "page": queries.page_of(user, network),
        "topics": list(network.topics.in_order()),
        "coordinates": user.is_authenticated and user.has_perm("coordination.coordinate_network", network),
        "may_ask": bool(own) and network.is_going and network.open_to_requests,
        "own": list(queries.own_rows(user).filter(network=network)) if user.is_authenticated else [],
    }
    return render(request, "coordination/networks/network.html", context)


@page_view(fresh=True)
def own(request: SignedIn) -> HttpResponse:
    """The networks of one's stakeholders, what waits for an answer, and what they are responsible for."""
    context = {
        "rows": list(queries.own_rows(request.user)),
        "steps": list(queries.own_steps(request.user)[:50]),
    }
    return render(request, "coordination/networks/own.html", context)


@page_view(permission="coordination.run_networks", fresh=True)
def desk(request: SignedIn) -> HttpResponse:
    """Requests to join, the oldest first, and every network, those that have ended too."""
    rows = Network.objects.visible_to(request.user).select_related("country", "region").order_by("name", "pk")
    context = {
        "waiting": list(queries.waiting_requests(request.user)[:100]),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "coordination/networks/desk.html", context)


@form_view(permission="coordination.run_networks", fresh=True)
def begin(request: SignedIn) -> HttpResponse:
    form = NetworkForm(request.POST or None, for_desk=True)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            network = actions.begin_network(actor=request.user, values=form.values())
            messages.success(request, _("The network has its page. Now invite its coordinators."))
            return redirect("networks:members", network.pk)
    return render(request, "coordination/networks/write.html", {"form": form})


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    network = coordinated_network(request, pk)
    runs = request.user.has_perm("coordination.run_networks")
    form = NetworkForm(request.POST or None, instance=visible_network(request, pk), for_desk=runs)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            network = actions.save_network(
                network, actor=request.user, values=form.values(), version=form.cleaned_data["version"] or 0
            )
            messages.success(request, _("Your changes are saved."))
            return redirect(network)
    context = {
        "form": form,
        "network": network,
        "runs": runs,
        "lines": timeline(network, request.user, as_subject=True)[:30],
    }
    return render(request, "coordination/networks/write.html", context)


@act_view()
def end(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """The desk closes a network, or opens it again."""
    network = coordinated_network(request, pk)
    if not request.user.has_perm("coordination.run_networks"):
        raise Http404
    with refusal_as_warning(request):
        actions.end_network(network, actor=request.user, ends=name == "end")
        messages.success(
            request, _("The network has ended.") if name == "end" else _("The network is open again.")
        )
    return redirect(network)
