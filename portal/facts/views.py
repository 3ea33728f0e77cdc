"""The page on the programme SE4U, the Review and WhatsOn, from sourced facts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.people.decorators import page_view
from portal.facts.queries import facts_by_group, page_title


@page_view(public=True)
def programme(request: HttpRequest) -> HttpResponse:
    context = {"title": page_title(), "groups": facts_by_group(request.user)}
    return render(request, "portal/facts/programme.html", context)
