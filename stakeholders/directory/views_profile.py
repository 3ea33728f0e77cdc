"""The profile of one stakeholder; its list, map and table are in `views.finding`."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.people.decorators import page_view
from core.cards import Card, card, card_response
from core.page_cache import cached_page
from core.views import gone
from stakeholders.claims.queries import next_step
from stakeholders.contact.queries import ways_to_write
from stakeholders.directory.queries_profile import (
    FAMILY,
    OFFERS,
    PROJECTS,
    attribution,
    founding_year,
    identifiers,
    linked_data,
    merged_to,
    missions,
    present_parts,
    profile,
    profile_details,
    slug_and_version,
    sources_of,
    was_public,
)
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.own_domain import site_host
from stakeholders.exchange.queries import panel
from stakeholders.family.queries import Family, family_of
from stakeholders.hooks import PUBLICATIONS, panels_of
from stakeholders.projects.enums import FIRST
from stakeholders.projects.queries import projects_of, shown_projects


@page_view(public=True)
def stakeholder_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Render the profile. A hidden one is 404 as a missing one; a withdrawn one that was public says so.

    A merged one redirects to the entry that stays, for whoever may see that.
    """
    current = slug_and_version(request.user, pk)
    if current is None:
        if further := merged_to(request.user, pk):
            return redirect("stakeholders:detail", *further, permanent=True)
        if was_public(pk):
            return gone(request)
        raise Http404
    current_slug, version = current
    if slug != current_slug:
        return redirect("stakeholders:detail", pk, current_slug, permanent=True)
    return cached_page(request, f"profile:{pk}:{version}", lambda: _profile(request, pk))


def _profile(request: HttpRequest, pk: int) -> HttpResponse:
    stakeholder = profile(request.user, pk)
    if stakeholder is None:  # hidden in this very moment
        raise Http404
    public = stakeholder.status in Status.SHOWN and stakeholder.listing == Listing.PUBLIC
    step, waiting = next_step(request.user, stakeholder)
    parts = present_parts(pk)
    details = profile_details(request.user, stakeholder, parts)
    texts = missions(stakeholder, details)
    described = attribution(stakeholder, details)
    projects = shown_projects(projects_of(request.user, stakeholder)[:FIRST]) if PROJECTS in parts else []
    context = {
        "stakeholder": stakeholder,
        "mission": texts[0] if texts else None,
        "other_missions": texts[1:],
        "described": described,
        "founded": founding_year(stakeholder, details),
        "sources": sources_of(stakeholder, details, described),
        "projects": projects,
        "more_projects": projects[0].total if projects and projects[0].total > FIRST else 0,
        "identifiers": identifiers(stakeholder),
        "site": site_host(stakeholder.website) or stakeholder.website,
        "is_listed": stakeholder.status == Status.LISTED,
        "is_active": stakeholder.status == Status.ACTIVE,
        "public": public,
        "card": _card_of(stakeholder) if public else None,
        "step": step,
        "join_request": waiting,
        "may_manage": request.user.has_perm("stakeholders.manage_stakeholder", stakeholder),
        "details": details,
        "linked_data": linked_data(stakeholder, details) if public else "",
        "may_see_standing": request.user.has_perm("stakeholders.vet_stakeholder"),
        "may_edit": request.user.has_perm("stakeholders.change_stakeholder", stakeholder),
        "may_confirm": request.user.has_perm("stakeholders.confirm_stakeholder", stakeholder),
        "family": family_of(stakeholder, request.user) if FAMILY in parts else Family(),
        "offer_cards": panel(stakeholder, request.user) if OFFERS in parts else [],
        "publications": panels_of(request.user, stakeholder, parts, PUBLICATIONS),
        "activity": panels_of(request.user, stakeholder, parts),
        **ways_to_write(request.user, stakeholder),
    }
    return render(request, "stakeholders/directory/detail.html", context)


def _card_of(stakeholder: Stakeholder) -> Card:
    return card(stakeholder.get_kind_display(), stakeholder.name, stakeholder.country.name)


@page_view(public=True)
def stakeholder_card(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    rows = Stakeholder.objects.visible_to(AnonymousUser()).filter(merged_into=None)
    stakeholder = get_object_or_404(rows.select_related("country"), pk=pk)
    return card_response(request, _card_of(stakeholder), version)
