"""Networks as everybody sees them, as their people look after them, and as the desk begins them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people.requests import SignedIn
from audit.queries import timeline
from coordination.actions import networks as act
from coordination.forms.networks import (
    AnnouncementForm,
    DocumentForm,
    FindDocumentForm,
    MeetingForm,
    NetworkFilter,
    NetworkForm,
)
from coordination.models import Announcement, Network, NetworkDocument, NetworkMeeting
from coordination.queries import network_plans as plans
from coordination.queries import networks as read
from core.errors import DomainError
from core.forms import blame
from events.events.models import Event

PAGE = 30


def seen(request: HttpRequest, pk: int) -> Network:
    rows = Network.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("region", "country", "parent", "language"), pk=pk)


def coordinated(request: HttpRequest, pk: int) -> Network:
    """One that the person looks after; for everybody else the page is not there."""
    network = seen(request, pk)
    if not request.user.has_perm("coordination.coordinate_network", network):
        raise Http404
    return network


@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    rows = read.networks(request.user)
    form = NetworkFilter(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    if kind:
        rows = rows.filter(kind=kind)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "kind": kind,
        "page": page,
        "lines": read.with_counts(request.user, list(page.object_list)),
        "base_query": f"kind={kind}&" if kind else "",
        "runs": request.user.has_perm("coordination.run_networks"),
    }
    return render(request, "coordination/networks/list.html", context)


@require_safe
def by_number(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect(seen(request, pk))


@require_safe
def network_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    network = seen(request, pk)
    if slug != network.slug:
        return redirect(network, permanent=True)
    user: Any = request.user
    own = [] if not user.is_authenticated else read.may_ask_for(user, network)
    context = {
        "network": network,
        "page": read.page_of(user, network),
        "topics": list(network.topics.in_order()),
        "coordinates": user.is_authenticated and user.has_perm("coordination.coordinate_network", network),
        "may_ask": bool(own) and network.is_going and network.open_to_requests,
        "own": list(read.own_rows(user).filter(network=network)) if user.is_authenticated else [],
    }
    return render(request, "coordination/networks/network.html", context)


@login_required
@never_cache
@require_safe
def own(request: SignedIn) -> HttpResponse:
    """The networks of one's stakeholders, what waits for an answer, and what they are responsible for."""
    context = {"rows": list(read.own_rows(request.user)), "steps": list(plans.own_steps(request.user)[:50])}
    return render(request, "coordination/networks/own.html", context)


@login_required
@never_cache
@require_safe
def desk(request: SignedIn) -> HttpResponse:
    """Requests to join, the oldest first, and every network, those that have ended too."""
    if not request.user.has_perm("coordination.run_networks"):
        raise Http404
    rows = Network.objects.visible_to(request.user).select_related("country", "region").order_by("name", "pk")
    context = {
        "waiting": list(read.waiting(request.user)[:100]),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "coordination/networks/desk.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedIn) -> HttpResponse:
    if not request.user.has_perm("coordination.run_networks"):
        raise Http404
    form = NetworkForm(request.POST or None, for_desk=True)
    if request.method == "POST" and form.is_valid():
        try:
            network = act.begin_network(actor=request.user, values=form.values())
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The network has its page. Now invite whoever coordinates it."))
            return redirect("networks:members", network.pk)
    return render(request, "coordination/networks/write.html", {"form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    network = coordinated(request, pk)
    runs = request.user.has_perm("coordination.run_networks")
    form = NetworkForm(request.POST or None, instance=seen(request, pk), for_desk=runs)
    if request.method == "POST" and form.is_valid():
        try:
            kept = act.save_network(
                network, actor=request.user, values=form.values(), version=form.cleaned_data["version"] or 0
            )
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Your changes are saved."))
            return redirect(kept)
    context = {
        "form": form,
        "network": network,
        "runs": runs,
        "lines": timeline(network, request.user, as_subject=True)[:30],
    }
    return render(request, "coordination/networks/write.html", context)


@login_required
@require_POST
def end(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """The desk closes a network, or opens it again."""
    network = coordinated(request, pk)
    if not request.user.has_perm("coordination.run_networks"):
        raise Http404
    try:
        act.end_network(network, actor=request.user, ends=name == "end")
        messages.success(
            request, _("The network has ended.") if name == "end" else _("The network is open again.")
        )
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    return redirect(network)


# --- Announcements ------------------------------------------------------------------------------------
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: SignedIn, pk: int) -> HttpResponse:
    network = coordinated(request, pk)
    form = AnnouncementForm(request.POST or None, initial={"language": network.language_id})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            one = act.announce(
                network,
                actor=request.user,
                title=said["title"],
                text=said["text"],
                language=said["language"].pk,
            )
        except DomainError as refusal:
            blame(form, refusal)
        else:
            done = ngettext(
                "It is on its way to %(n)s person.", "It is on its way to %(n)s people.", one.told
            )
            messages.success(request, done % {"n": one.told})
            return redirect(one)
    context = {
        "form": form,
        "network": network,
        "left": act.left_to_announce(network),
        "people": read.people_of(network).count(),
    }
    return render(request, "coordination/networks/announce.html", context)


@login_required
@never_cache
@require_safe
def announcement(request: SignedIn, pk: int) -> HttpResponse:
    rows = Announcement.objects.visible_to(request.user).select_related("network", "by")
    one = get_object_or_404(rows, pk=pk)
    return render(request, "coordination/networks/announcement.html", {"one": one, "network": one.network})


@login_required
@never_cache
@require_safe
def announcements(request: SignedIn, pk: int) -> HttpResponse:
    network = seen(request, pk)
    rows = Announcement.objects.visible_to(request.user).filter(network=network).select_related("by")
    if not rows.exists() and not Network.objects.inside(request.user).filter(pk=pk).exists():
        raise Http404
    context = {"network": network, "page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}
    return render(request, "coordination/networks/announcements.html", context)


# --- Meetings -----------------------------------------------------------------------------------------
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_meeting(request: SignedIn, pk: int) -> HttpResponse:
    network = coordinated(request, pk)
    there = NetworkMeeting.objects.filter(network=network).exclude(event=None).values("event")
    events = (
        Event.objects.visible_to(request.user)
        .shown()
        .filter(organizer__in=plans.choices_of(network).order_by().values("pk"))
        .exclude(pk__in=there)
        .order_by("-starts_at", "pk")
    )
    form = MeetingForm(request.POST or None, network=network, events=events)
    if request.method == "POST" and form.is_valid():
        try:
            act.add_meeting(network, actor=request.user, values=form.values())
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The meeting is on the network's page."))
            return redirect(network)
    return render(request, "coordination/networks/meeting.html", {"form": form, "network": network})


@login_required
@require_POST
def remove_meeting(request: SignedIn, pk: int) -> HttpResponse:
    rows = NetworkMeeting.objects.visible_to(request.user).select_related("network")
    one = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("coordination.coordinate_network", one.network):
        raise Http404
    act.remove_meeting(one, actor=request.user)
    messages.success(request, _("The meeting is no longer on the network's page."))
    return redirect(one.network)


# --- Documents ----------------------------------------------------------------------------------------
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request: SignedIn, pk: int) -> HttpResponse:
    """Look for a resource of the library, and put it on the network's page."""
    network = coordinated(request, pk)
    asks = FindDocumentForm(request.POST if request.method == "POST" else request.GET)
    words = asks.cleaned_data["q"] if asks.is_valid() else ""
    found = read.library_finds(request.user, words, network)
    form = DocumentForm(request.POST or None, found=found, network=network)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = next(line.resource for line in found if str(line.resource.pk) == said["resource"])
        try:
            act.add_document(network, chosen, actor=request.user, shown_to=said["shown_to"])
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The document is on the network's page."))
            return redirect(network)
    context = {"network": network, "asks": asks, "found": found, "form": form}
    return render(request, "coordination/networks/document.html", context)


@login_required
@require_POST
def remove_document(request: SignedIn, pk: int) -> HttpResponse:
    rows = NetworkDocument.objects.visible_to(request.user).select_related("network")
    one = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("coordination.coordinate_network", one.network):
        raise Http404
    act.remove_document(one, actor=request.user)
    messages.success(request, _("The document is no longer on the network's page."))
    return redirect(one.network)
