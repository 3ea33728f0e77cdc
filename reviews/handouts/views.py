"""The checklist and the letters to prepare with, to be read and printed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from accounts.people.decorators import page_view
from core.text import to_html
from reviews.handouts import queries


@page_view(public=True)
def handout_list(request: HttpRequest) -> HttpResponse:
    papers = queries.handouts(request.user, get_language() or "en")
    return render(request, "reviews/handouts/handouts.html", {"handouts": papers})


@page_view(public=True)
def handout(request: HttpRequest, slug: str) -> HttpResponse:
    paper = queries.handout(request.user, slug, get_language() or "en")
    if paper is None:
        raise Http404
    return render(request, "reviews/handouts/handout.html", {"handout": paper, "body": to_html(paper.body)})
