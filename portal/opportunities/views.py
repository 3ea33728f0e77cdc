"""The list of all that can be answered, joined or proposed now, with its calendar and feed."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.people.decorators import page_view
from coordination.offerings.queries import is_on
from core.facets import Facet, Names, chips_of, counted_choices
from core.page_cache import cached_page
from core.views import calendar_answer
from portal.opportunities.enums import OpportunityKind
from portal.opportunities.feeds import closings_ics, opportunities_atom
from portal.opportunities.filters import OpportunityFilter
from portal.opportunities.queries import Opportunity, OpportunityQuery, codes_named, fetch
from stakeholders.entries.enums import Kind
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, CountryPageChange, Region
from taxonomy.terms.models import Topic

PER_PAGE = 24
MOST_SOON = 12
FEW_NAMES = 3


@page_view(public=True)
def opportunity_list(request: HttpRequest) -> HttpResponse:
    """Show what is open, a page at a time, and before it what opens soon."""

    def make() -> HttpResponse:
        all_opportunities = fetch()
        names = _names()
        filters = OpportunityFilter(request.GET, names)
        query = filters.query
        opportunities = filters.narrow(all_opportunities)
        soon = sorted(
            (opportunity for opportunity in opportunities if not opportunity.has_opened),
            key=lambda opportunity: opportunity.opens_at,
        )
        facets = [_facet(name, filters, query, all_opportunities, names) for name in query.facets]
        page = Paginator(
            [opportunity for opportunity in opportunities if opportunity.has_opened], PER_PAGE
        ).get_page(request.GET.get("page"))
        context = {
            "page": page,
            "open": [(opportunity, _names_of(opportunity, names)) for opportunity in page],
            "soon": [(opportunity, _names_of(opportunity, names)) for opportunity in soon[:MOST_SOON]],
            "more_soon": len(soon) - MOST_SOON,
            "opportunity_query": query,
            "chips": chips_of(query, names),
            "facets": [facet for facet in facets if facet.choices],
            "not_understood": filters.not_understood,
            "query": query.query(),
            "offered": is_on(),
        }
        return render(request, "portal/opportunities/list.html", context)

    return cached_page(request, CountryPageChange.objects.version, make)


@page_view(public=True)
def closings_file(request: HttpRequest) -> HttpResponse:
    """Return the closings that match the filters as a calendar to subscribe to, the same for everybody."""
    filters = OpportunityFilter(request.GET, _names())
    text = closings_ics(filters.narrow(fetch(with_cancelled=True)), page=_list_address(filters.query))
    return calendar_answer(request, text, "closings.ics")


@page_view(public=True)
def feed(request: HttpRequest) -> HttpResponse:
    """Return what is open and matches the filters as an Atom feed."""
    filters = OpportunityFilter(request.GET, _names())
    text = opportunities_atom(
        filters.narrow(fetch(is_open=True)),
        page=_list_address(filters.query),
        own=settings.SITE_URL + request.get_full_path(),
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _names() -> Names:
    """Return facet → code → label."""
    countries, topics = choices_of(Country, Topic)
    kinds = {kind.value: str(kind.label) for kind in OpportunityKind}
    who = {code: str(label) for code, label in Kind.choices if code in Kind.APPLYING}
    return {"kind": kinds, "topic": dict(topics), "country": dict(countries), "who": who}


def _names_of(opportunity: Opportunity, names: Names) -> dict[str, Any]:
    """Return the names of the first few regions, countries and topics of an opportunity."""
    if opportunity.region:
        names = {**names, "region": dict(Region.objects.for_choices())}
    return {
        name: [label for code, label in names[name].items() if code in getattr(opportunity, name)][:FEW_NAMES]
        for name in ("region", "country", "topic")
        if name in names
    }


def _facet(
    name: str,
    filters: OpportunityFilter,
    query: OpportunityQuery,
    opportunities: list[Opportunity],
    names: Names,
) -> Facet:
    """Return a facet with its choices: of topics and countries only those that an opportunity names."""
    offered = names[name] if name == "kind" else codes_named(opportunities, name) | set(query.codes(name))
    counted = query.count_codes(opportunities, name, offered)
    choices = counted_choices(name, names[name], counted, query.codes(name), every=False)
    shape = "menu" if name == "country" else "boxes"
    return Facet(name, filters.filters[name].label, choices, shape)


def _list_address(query: OpportunityQuery) -> str:
    """Return the full address of the list with these filters."""
    page = settings.SITE_URL + reverse("portal:opportunities")
    return page + (query.address if query.narrows else "")
