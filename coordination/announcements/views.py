"""Announcements, meetings and documents of a network."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from coordination.announcements import actions, queries
from coordination.announcements.forms import AnnouncementForm, DocumentForm, FindDocumentForm, MeetingForm
from coordination.networks import queries as networks_queries
from coordination.networks.models import Network
from coordination.networks.models_parts import Announcement, NetworkDocument, NetworkMeeting
from coordination.networks.views import PAGE, coordinated_network, visible_network, words_about
from coordination.plans import queries as plans_queries
from core.forms import refusal_on
from core.views import act_page
from events.events.models import Event


# --- Announcements ------------------------------------------------------------------------------------
@form_view(fresh=True)
def announce(request: SignedIn, pk: int) -> HttpResponse:
    network = coordinated_network(request, pk)
    form = AnnouncementForm(request.POST or None, initial={"language": network.language_id})
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusal_on(form):
            announcement = actions.announce(
                network,
                actor=request.user,
                title=cleaned["title"],
                text=cleaned["text"],
                language=cleaned["language"].pk,
            )
            done = ngettext(
                "It is on its way to %(n)s person.", "It is on its way to %(n)s people.", announcement.told
            )
            messages.success(request, done % {"n": announcement.told})
            return redirect(announcement)
    people, left = networks_queries.people_of(network).count(), actions.left_to_announce(network)
    who = ngettext(
        "%(counter)s member receives it, by e-mail and in the portal, as they chose.",
        "%(counter)s members receive it, by e-mail and in the portal, as they chose.",
        people,
    )
    more = ngettext(
        "You may send %(counter)s announcement now.", "You may send %(counter)s announcements now.", left
    )
    return act_page(
        request,
        form,
        heading=_("Tell the members something"),
        text=" ".join((who % {"counter": people}, more % {"counter": left})),
        button=_("Send it"),
        **words_about(network),
    )


@page_view(fresh=True)
def announcement(request: SignedIn, pk: int) -> HttpResponse:
    rows = Announcement.objects.visible_to(request.user).select_related("network", "by")
    announcement = get_object_or_404(rows, pk=pk)
    return render(
        request,
        "coordination/announcements/announcement.html",
        {"announcement": announcement, "network": announcement.network},
    )


@page_view(fresh=True)
def announcements(request: SignedIn, pk: int) -> HttpResponse:
    network = visible_network(request, pk)
    rows = Announcement.objects.visible_to(request.user).filter(network=network).select_related("by")
    if not rows.exists() and not Network.objects.inside(request.user).filter(pk=pk).exists():
        raise Http404
    context = {"network": network, "page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}
    return render(request, "coordination/announcements/announcements.html", context)


# --- Meetings -----------------------------------------------------------------------------------------
@form_view(fresh=True)
def add_meeting(request: SignedIn, pk: int) -> HttpResponse:
    network = coordinated_network(request, pk)
    known_events = NetworkMeeting.objects.filter(network=network).exclude(event=None).values("event")
    events = (
        Event.objects.visible_to(request.user)
        .shown()
        .filter(organizer__in=plans_queries.choices_of(network).order_by().values("pk"))
        .exclude(pk__in=known_events)
        .order_by("-starts_at", "pk")
    )
    form = MeetingForm(request.POST or None, network=network, events=events)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.add_meeting(network, actor=request.user, values=form.values())
            messages.success(request, _("The meeting is on the network's page."))
            return redirect(network)
    return act_page(
        request,
        form,
        heading=_("Add a meeting"),
        text=_("Choose an event from the calendar, or describe a meeting that is not on it."),
        button=_("Add it"),
        **words_about(network),
    )


@act_view()
def remove_meeting(request: SignedIn, pk: int) -> HttpResponse:
    rows = NetworkMeeting.objects.visible_to(request.user).select_related("network")
    meeting = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("coordination.coordinate_network", meeting.network):
        raise Http404
    actions.remove_meeting(meeting, actor=request.user)
    messages.success(request, _("The meeting is no longer on the network's page."))
    return redirect(meeting.network)


# --- Documents ----------------------------------------------------------------------------------------
@form_view(fresh=True)
def add_document(request: SignedIn, pk: int) -> HttpResponse:
    """Look for a resource of the library, and put it on the network's page."""
    network = coordinated_network(request, pk)
    asks = FindDocumentForm(request.POST if request.method == "POST" else request.GET)
    words = asks.cleaned_data["q"] if asks.is_valid() else ""
    lines = queries.library_finds(request.user, words, network)
    form = DocumentForm(request.POST or None, lines=lines, network=network)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        chosen = next(line.resource for line in lines if str(line.resource.pk) == cleaned["resource"])
        with refusal_on(form):
            actions.add_document(network, chosen, actor=request.user, shown_to=cleaned["shown_to"])
            messages.success(request, _("The document is on the network's page."))
            return redirect(network)
    context = {"network": network, "asks": asks, "lines": lines, "form": form}
    return render(request, "coordination/announcements/document.html", context)


@act_view()
def remove_document(request: SignedIn, pk: int) -> HttpResponse:
    rows = NetworkDocument.objects.visible_to(request.user).select_related("network")
    document = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("coordination.coordinate_network", document.network):
        raise Http404
    actions.remove_document(document, actor=request.user)
    messages.success(request, _("The document is no longer on the network's page."))
    return redirect(document.network)
