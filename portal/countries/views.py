"""Everything about one country on one page; each app brings its part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.people.decorators import page_view
from core.page_cache import cached_page
from portal.countries import queries
from taxonomy.hooks import panels_of
from taxonomy.places.map_marks import HEIGHT, WIDTH, marks
from taxonomy.places.models import CountryPageChange


@page_view(public=True)
def country_list(request: HttpRequest) -> HttpResponse:
    by_region = request.GET.get("by") == "region"
    parts = queries.countries_by_region() if by_region else queries.countries_by_name()
    return render(request, "portal/countries/countries.html", {"parts": parts, "by_region": by_region})


@page_view(public=True)
def country_by_name(request: HttpRequest, name: str) -> HttpResponse:
    """The address that people type: the English name, or the code in small letters."""
    iso3 = queries.country_named(request.user, name)
    if iso3 is None:
        raise Http404
    return redirect("portal:country", iso3, permanent=True)


@page_view(public=True)
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    return cached_page(request, CountryPageChange.objects.version, lambda: _country(request, iso3))


def _country(request: HttpRequest, iso3: str) -> HttpResponse:
    row = queries.country_of(request.user, iso3)
    if row is None:
        raise Http404
    mark = marks().get(iso3)
    context = {
        "country": row,
        "mark": mark,
        "view": queries.around(mark) if mark else "",
        "width": WIDTH,
        "height": HEIGHT,
        "now": queries.what_to_do(request.user, row),
        "panels": panels_of("country", request.user, row),
    }
    return render(request, "portal/countries/country.html", context)
