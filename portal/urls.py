from typing import Any

from django.conf import settings
from django.urls import path, register_converter, reverse_lazy
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

import taxonomy.places.converters  # noqa: F401  knows <iso3:…>
from portal.enums import SLUGS
from portal.views import articles, countries, finding, pages, specimens


class PageSlug:
    regex = "|".join(SLUGS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PageSlug, "page_slug")


def leads_to(name: str, *args: str) -> Any:
    """An address that people guess, and where they meant to go."""
    return require_safe(RedirectView.as_view(url=reverse_lazy(name, args=args), query_string=True))


app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("search/", finding.search, name="search"),
    path("search/suggest/", finding.suggest, name="search_suggest"),
    path("desk/search/", finding.desk, name="search_desk"),
    path("statistics/", pages.statistics, name="statistics"),
    path("me/", pages.me, name="me"),
    path("countries/", countries.country_list, name="countries"),
    path("countries/<iso3:iso3>/", countries.country, name="country"),
    path("countries/<str:name>/", countries.country_by_name, name="country_by_name"),
    path("library/", leads_to("resources:list"), name="library"),
    path("focal-points/", leads_to("regional:focal_points"), name="focal_points"),
    # Until there is a help of its own.
    path("help/", leads_to("portal:page", "about"), name="help"),
    path("articles/", articles.article_list, name="articles"),
    path("articles/<slug:instrument>/<int:number>/", articles.article, name="article"),
    path("desk/", pages.desk, name="desk"),
    path("<page_slug:slug>/", pages.page, name="page"),
]
if settings.DEV_PAGES:
    urlpatterns += [path("dev/components/", specimens.components, name="components")]
