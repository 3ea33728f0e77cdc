"""Every article of the Convention and its Protocols on a page of its own; each app brings its part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.people.decorators import page_view
from portal.articles import queries
from taxonomy.hooks import article_panels, load_panels


@page_view(public=True)
def article_list(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/articles/articles.html", {"laws": queries.articles_by_instrument()})


@page_view(public=True)
def article(request: HttpRequest, instrument: str, number: int) -> HttpResponse:
    row = queries.article_of(request.user, instrument, number)
    if row is None:
        raise Http404
    text = queries.text_of(row)
    opened, folded = queries.split_text(text) if text else ([], [])
    context = {
        "article": row,
        "text": text,
        "official_address": queries.official_address_of(row.instrument),
        "opened": opened,
        "folded": folded,
        "beside": queries.beside(row),
        "panels": load_panels(article_panels.values(), request.user, row),
    }
    return render(request, "portal/articles/article.html", context)
