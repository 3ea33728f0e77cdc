"""The desk's page of links that lead nowhere any more."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view
from accounts.people.requests import SignedIn
from core.text import whole
from resources.links.actions import ask_again
from resources.links.models import LinkCheck
from resources.links.queries import broken_links, with_places

PER_PAGE = 50


@form_view(permission="resources.curate_resources")
def links(request: SignedIn) -> HttpResponse:
    """Those broken longest first; a button has one asked again."""
    mine = LinkCheck.objects.visible_to(request.user)
    if request.method == "POST":
        link = get_object_or_404(mine, pk=whole(request.POST.get("again", "")))
        ask_again(link, actor=request.user)
        messages.success(request, _("It is asked again within a few minutes."))
        return redirect("resourcedesk:links")
    page = Paginator(broken_links(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "links": with_places(page.object_list, request.user),
        "known": mine.count(),
        "waiting": mine.filter(checked_at=None).count(),
    }
    return render(request, "resources/links/links.html", context)
