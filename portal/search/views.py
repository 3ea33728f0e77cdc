"""The search over everything: its page, what it proposes while somebody types, and the desk's look at it."""

from typing import Any

from django.db.models import Count as Number
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from accounts.people.decorators import page_view
from accounts.people.requests import SignedIn
from core.page_cache import cached_page
from portal.search.forms import SearchForm
from portal.search.queries import Search, SearchQuery, suggestions
from search import frequent_searches
from search.hooks import documents, plural_of
from search.models import Change, Document, Stale

MOST_TOLD = 50


@page_view(public=True)
def search(request: HttpRequest) -> HttpResponse:
    query = SearchForm(request.GET).query
    if not query.q:
        return render(request, "portal/search/search.html", {"q": "", "has_search": True})
    if query.page == 1:
        frequent_searches.note(_visitor(request), query.q, in_vain=False)
    return cached_page(request, f"search:{Change.objects.version()}", lambda: _render_answer(request, query))


def _render_answer(request: HttpRequest, query: SearchQuery) -> HttpResponse:
    answer = Search(request.user, query)
    response = render(
        request, "portal/search/search.html", {"q": query.q, "search": answer, "has_search": True}
    )
    if not answer.results or answer.instead or answer.missing:
        if (
            answer.instead or answer.missing or not (query.narrows or query.kind)
        ):  # a narrower question than its words
            frequent_searches.note(_visitor(request), query.q, in_vain=True)
        # Words are learnt from time to time: what was not known before may be by then.
        response.is_passing = True  # type: ignore[attr-defined]
    return response


@page_view(public=True)
def suggest(request: HttpRequest) -> HttpResponse:
    """The part of the page that hangs below a search box, for the script that asks while somebody types."""
    query = SearchForm(request.GET).query
    context = {"q": query.q, "suggestions": suggestions(request.user, query.q)}
    response = render(request, "portal/search/_suggestions.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@page_view()
def desk(request: SignedIn) -> HttpResponse:
    """What many look for and do not find, and how far the index is behind."""
    user: Any = request.user
    if not user.is_desk:
        raise Http404
    waiting = Stale.objects.aggregate(number=Number("pk"), since=Min("since"))
    kinds = Document.objects.filter(part=0).order_by().values_list("kind").annotate(Number("pk"))
    context = {
        "waiting": waiting["number"],
        "since": waiting["since"],
        "late": waiting["since"] and (now() - waiting["since"]).total_seconds() > 60,
        "kinds": sorted((plural_of(kind), number) for kind, number in kinds if kind in documents),
        "often": frequent_searches.frequent_texts()[:MOST_TOLD],
        "in_vain": frequent_searches.frequent_texts(in_vain=True)[:MOST_TOLD],
    }
    return render(request, "portal/search/search_desk.html", context)


def _visitor(request: HttpRequest) -> str:
    user: Any = request.user
    if user.is_authenticated:
        return f"person:{user.pk}"
    return f"{request.META.get('REMOTE_ADDR', '')} {request.headers.get('User-Agent', '')}"
