"""The desk's page of links that lead nowhere any more."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.people.models import User
from core.text import whole
from resources.links.actions import ask_again
from resources.links.models import LinkCheck
from resources.links.queries import broken_links, with_records

PER_PAGE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """Those broken longest first; a button has one asked again."""
    if not request.user.has_perm("resources.curate_resources"):
        raise Http404
    mine = LinkCheck.objects.visible_to(request.user)
    if request.method == "POST":
        link = get_object_or_404(mine, pk=whole(request.POST.get("again", "")))
        ask_again(link, actor=cast("User", request.user))
        messages.success(request, _("It is asked again within a few minutes."))
        return redirect("resourcedesk:links")
    page = Paginator(broken_links(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "links": with_records(page.object_list, request.user),
        "known": mine.count(),
        "waiting": mine.filter(checked_at=None).count(),
    }
    return render(request, "resources/links/links.html", context)
