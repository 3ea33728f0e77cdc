"""The help: its first page, and one page for each role or subject."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.people.decorators import page_view
from core import pdf
from portal.help import queries
from portal.help.card_pdf import card_pdf


@page_view(public=True)
def help_index(request: HttpRequest) -> HttpResponse:
    context = {"groups": queries.groups(request.user), "cards": queries.cards(request.user)}
    return render(request, "portal/help/index.html", context)


@page_view(public=True)
def help_page(request: HttpRequest, code: str) -> HttpResponse:
    page = queries.page_for(request.user, code)
    if page is None:
        raise Http404
    text = queries.text_of(code, request.user, request)
    context = {"page": page, "text": text, "sections": queries.sections_of(text)}
    return render(request, "portal/help/page.html", context)


@page_view(public=True)
def help_card(request: HttpRequest, role: str) -> HttpResponse:
    """Return the card of a role as PDF."""
    if role not in queries.cards(request.user):
        raise Http404
    response = HttpResponse(card_pdf(role), content_type=pdf.TYPE)
    response["Content-Disposition"] = f'inline; filename="whatson-{role}.pdf"'
    return response
