"""Everything that can be answered, joined or proposed now, in one list."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.people.decorators import page_view
from core.facets import Facet, Names, chips_of, counted_choices
from core.page_cache import cached_page
from core.views import calendar_answer
from portal.opportunities.enums import OpportunityKind
from portal.opportunities.feeds import closings_ics, opportunities_atom
from portal.opportunities.filters import OpportunityFilter
from portal.opportunities.queries import Opportunity, OpportunityQuery, fetch, named_in
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, CountryPageChange
from taxonomy.terms.models import Topic

PER_PAGE = 24
MOST_SOON = 12
FEW_NAMES = 3


@page_view(public=True)
def opportunity_list(request: HttpRequest) -> HttpResponse:
    def make() -> HttpResponse:
        running = fetch()
        names = _names()
        filters = OpportunityFilter(request.GET, names)
        asked = filters.asked
        found = filters.narrowed(running)
        soon = sorted((one for one in found if not one.has_opened), key=lambda one: one.opens_at)
        facets = [_facet(name, filters, asked, running, names) for name in asked.facets]
        page = Paginator([one for one in found if one.has_opened], PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "page": page,
            "open": [(one, _told(one, names)) for one in page],
            "soon": [(one, _told(one, names)) for one in soon[:MOST_SOON]],
            "more_soon": len(soon) - MOST_SOON,
            "asked": asked,
            "chips": chips_of(asked, names),
            "facets": [one for one in facets if one.choices],
            "not_understood": filters.not_understood,
            "query": asked.query(),
        }
        return render(request, "portal/opportunities/list.html", context)

    return cached_page(request, CountryPageChange.objects.version, make)


@page_view(public=True)
def closings_file(request: HttpRequest) -> HttpResponse:
    """All closings that the filters find, for a calendar to subscribe to: the same for everybody."""
    filters = OpportunityFilter(request.GET, _names())
    text = closings_ics(filters.narrowed(fetch(with_cancelled=True)), page=_address(filters.asked))
    return calendar_answer(request, text, "closings.ics")


@page_view(public=True)
def feed(request: HttpRequest) -> HttpResponse:
    """What is open, as the filters ask."""
    filters = OpportunityFilter(request.GET, _names())
    text = opportunities_atom(
        filters.narrowed(fetch(is_open=True)),
        page=_address(filters.asked),
        own=settings.SITE_URL + request.get_full_path(),
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _names() -> Names:
    countries, topics = choices_of(Country, Topic)
    kinds = {kind.value: str(kind.label) for kind in OpportunityKind}
    return {"kind": kinds, "topic": dict(topics), "country": dict(countries)}


def _told(one: Opportunity, names: Names) -> dict[str, Any]:
    """The first few countries and topics that it names."""
    return {
        name: [label for code, label in names[name].items() if code in getattr(one, name)][:FEW_NAMES]
        for name in ("country", "topic")
    }


def _facet(
    name: str, filters: OpportunityFilter, asked: OpportunityQuery, running: list[Opportunity], names: Names
) -> Facet:
    """Countries are offered where anything names them: all else is open to every country."""
    offered = names[name] if name == "kind" else named_in(running, name) | set(asked.codes(name))
    counted = asked.counted(running, name, offered)
    choices = counted_choices(name, names[name], counted, asked.codes(name), every=False)
    shape = "menu" if name == "country" else "boxes"
    return Facet(name, filters.filters[name].label, choices, shape)


def _address(asked: OpportunityQuery) -> str:
    page = settings.SITE_URL + reverse("portal:opportunities")
    return page + (asked.address if asked.narrows else "")
