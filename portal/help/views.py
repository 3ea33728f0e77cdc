"""The help: its first page, and one page for each role or subject."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.people.decorators import page_view
from portal.help import queries


@page_view(public=True)
def help_index(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help/index.html", {"groups": queries.groups(request.user)})


@page_view(public=True)
def help_page(request: HttpRequest, code: str) -> HttpResponse:
    page = queries.page_for(request.user, code)
    if page is None:
        raise Http404
    text = queries.text_of(code, request.user, request)
    context = {"page": page, "text": text, "sections": queries.sections_of(text)}
    return render(request, "portal/help/page.html", context)
