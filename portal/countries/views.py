"""Everything about one country on one page; each app brings its part."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import page_view
from core.cards import Card, card, card_response
from core.page_cache import cached_page, kept_parts, kept_value
from portal.countries import queries
from taxonomy.hooks import everybodys_panels, other_panels
from taxonomy.places.map_marks import HEIGHT, WIDTH, marks
from taxonomy.places.models import Country, CountryPageChange


@page_view(public=True)
def country_list(request: HttpRequest) -> HttpResponse:
    by_name = request.GET.get("by") == "name"
    parts = queries.countries_by_name() if by_name else queries.countries_by_region()
    return render(request, "portal/countries/countries.html", {"parts": parts, "by_name": by_name})


@page_view(public=True)
def country_by_name(request: HttpRequest, name: str) -> HttpResponse:
    """The address that people type: the English name, or the code in small letters."""
    iso3 = queries.country_named(request.user, name)
    if iso3 is None:
        raise Http404
    return redirect("portal:country", iso3, permanent=True)


@page_view(public=True)
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    version = cache(CountryPageChange.objects.version)
    return cached_page(request, version, lambda: _country(request, iso3, version))


def _facts(iso3: str) -> queries.CountryFacts:
    facts = queries.country_facts(iso3)
    if facts is None:
        raise Http404
    return facts


def _card_of(country: Any) -> Card:
    place = country.subregion or country.region
    return card(_("Country or area"), country.name, place.name if place else "")


@page_view(public=True)
def country_card(request: HttpRequest, iso3: str, version: str) -> HttpResponse:
    rows = Country.objects.visible_to(AnonymousUser()).select_related("region", "subregion")
    return card_response(request, _card_of(get_object_or_404(rows, pk=iso3)), version)


def _country(request: HttpRequest, iso3: str, version: Callable[[], str]) -> HttpResponse:
    facts = kept_value(request, version, "facts", lambda: _facts(iso3))
    row = facts.country
    mark = marks().get(iso3)
    template = "portal/countries/country.html"

    def load_panels() -> dict[str, Any]:
        return {"panels": everybodys_panels("country", row)}

    context = {
        "parts": kept_parts(request, version, template, ("panels",), load_panels),
        "country": row,
        "card": _card_of(row),
        "mark": mark,
        "view": queries.around(mark) if mark else "",
        "width": WIDTH,
        "height": HEIGHT,
        "facts": facts,
        "people": facts.coverage.links_for(request.user),
        "around": other_panels("country", request.user, row),
    }
    return render(request, template, context)
