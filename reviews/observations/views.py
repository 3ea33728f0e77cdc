"""The published observations: as a list to filter, and as a file."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.people.decorators import page_view
from core.facets import chips_of
from core.spreadsheets import Table, table_response
from reviews.mechanism.queries import today
from reviews.observations.enums import ObservationKind
from reviews.observations.files import observation_columns
from reviews.observations.filters import SORTS, ObservationFilter
from reviews.observations.queries import (
    CODES,
    article_called,
    codes_offered,
    contributions_behind,
    find_observations,
    for_page,
)
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
    query = filters.question
    page = Paginator(for_page(find_observations(request.user, query)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows: Any = page.object_list
    for row in rows:
        row.heard = contributions_behind(row)
    codes_shown = {
        name: codes | set(query.codes(name)) for name, codes in codes_offered(request.user).items()
    }
    names = _names(codes_shown)
    context = {
        "page": page,
        "total": page.paginator.count,
        "search": query,
        "query": query.query(),
        "facets": filters.facets(names),
        "boxes": BOXES,
        "chips": chips_of(query, names),
        "not_understood": filters.not_understood,
        "sorts": [(code, label, code == query.sort) for code, label in SORTS.items()],
        "may_keep": request.user.has_perm("reviews.keep_observations"),
    }
    return render(request, "reviews/observations/list.html", context)


@page_view(public=True)
def observations_file(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """Send all rows of the page as CSV or as a workbook."""
    filters = ObservationFilter(request.GET, request=request)
    query = filters.question
    names = _names({name: query.codes(name) for name in CODES})
    parameters = query.query()
    address = reverse("calls:observations") + (f"?{parameters}" if parameters else "")
    rows = list(for_page(find_observations(request.user, query)))  # while this request's server is chosen
    table = Table(
        f"observations-{today():%Y-%m-%d}",
        _("Observations"),
        observation_columns(),
        page=address,
        filters=filters.in_words(names, SORTS),
    )
    return table_response(form, table, rows)


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
