"""The published observations: as a list to filter, and as a file."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from accounts.people.decorators import page_view
from reviews.mechanism.queries import today
from reviews.observations.enums import ObservationKind
from reviews.observations.files import observations_csv
from reviews.observations.filters import SORTS, ObservationFilter
from reviews.observations.queries import (
    CODES,
    article_called,
    codes_offered,
    contributions_behind,
    find_observations,
    for_page,
)
from reviews.tracker.queries import ListQuery
from reviews.tracker.views import Chip, Choice, Facet
from taxonomy.law.models import Article
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country
from taxonomy.terms.models import Topic

PER_PAGE = 50
BOXES = ("kind",)


@page_view(public=True)
def observation_list(request: HttpRequest) -> HttpResponse:
    """Every gap, good practice, suggestion and need for assistance, each with the document that says so."""
    filters = ObservationFilter(request.GET, request=request)
    asked = filters.asked
    page = Paginator(for_page(find_observations(request.user, asked)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows: Any = page.object_list
    for row in rows:
        row.heard = contributions_behind(row)
    there = {name: codes | set(getattr(asked, name)) for name, codes in codes_offered(request.user).items()}
    names = _names(there)
    context = {
        "page": page,
        "total": page.paginator.count,
        "asked": asked,
        "query": asked.query(),
        "facets": _facets(filters, asked, names),
        "boxes": BOXES,
        "chips": [
            Chip(names[name][code], f"?{asked.without(name, code).query()}")
            for name in CODES
            for code in getattr(asked, name)
        ],
        "not_understood": filters.not_understood,
        "sorts": [(code, label, code == asked.sort) for code, label in SORTS.items()],
        "may_keep": request.user.has_perm("reviews.keep_observations"),
    }
    return render(request, "reviews/observations/list.html", context)


@page_view(public=True)
def observations_file(request: HttpRequest) -> HttpResponse:
    """What the page would list, all of it, with what was asked written above."""
    filters = ObservationFilter(request.GET, request=request)
    asked = filters.asked
    names = _names({name: set(getattr(asked, name)) for name in CODES})
    said = [
        (str(filters.filters[name].label), ", ".join(str(names[name][code]) for code in getattr(asked, name)))
        for name in CODES
        if getattr(asked, name)
    ]
    said.append((str(filters.filters["sort"].label), str(SORTS[asked.sort])))
    query = asked.query()
    address = reverse("calls:observations") + (f"?{query}" if query else "")
    text = observations_csv(for_page(find_observations(request.user, asked)), said, page=address)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="observations-{today():%Y-%m-%d}.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _facets(filters: Any, asked: ListQuery, names: dict[str, dict[str, Any]]) -> list[Facet]:
    return [
        Facet(
            name,
            filters.filters[name].label,
            [Choice(code, label, code in getattr(asked, name)) for code, label in names[name].items()],
        )
        for name in CODES
    ]


def _names(codes: Mapping[str, Collection[str]]) -> dict[str, dict[str, str | Promise]]:
    """Code → name of what each filter offers, in its order, narrowed to `codes`; of kinds all."""
    articles = Article.objects.filter(pk__in=codes["article"]).select_related("instrument").in_order()
    countries, topics = choices_of(Country, Topic)
    return {
        "country": {code: name for code, name in countries if code in codes["country"]},
        "kind": dict(ObservationKind.choices),
        "article": {article.pk: article_called(article) for article in articles},
        "topic": {code: name for code, name in topics if code in codes["topic"]},
    }
