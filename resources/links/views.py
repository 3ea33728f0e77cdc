"""The desk's page of links that lead nowhere any more."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view
from accounts.people.requests import SignedIn
from core.text import whole
from resources.links.actions import ask_again, keep_archived
from resources.links.forms import ArchivedForm
from resources.links.models import LinkCheck
from resources.links.queries import broken_links, with_places

PER_PAGE = 50


@form_view(permission="resources.curate_resources")
def links(request: SignedIn) -> HttpResponse:
    """List the broken links, longest first. Each can be asked again, or get the address of a copy."""
    mine = LinkCheck.objects.visible_to(request.user)
    wrong: dict[int, ArchivedForm] = {}
    if request.method == "POST" and "again" in request.POST:
        link = get_object_or_404(mine, pk=whole(request.POST["again"]))
        ask_again(link, actor=request.user)
        messages.success(request, _("It is checked again within a few minutes."))
        return redirect("resourcedesk:links")
    if request.method == "POST":
        link = get_object_or_404(mine, pk=whole(request.POST.get("link", "")))
        form = ArchivedForm(request.POST, auto_id=f"id_{link.pk}_%s")
        if form.is_valid():
            keep_archived(link, actor=request.user, address=form.cleaned_data["archived_url"])
            messages.success(request, _("It is saved."))
            return redirect("resourcedesk:links")
        wrong[link.pk] = form
    page = Paginator(broken_links(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "links": [
            (link, wrong.get(link.pk) or _archived_form(link))
            for link in with_places(page.object_list, request.user)
        ],
        "known": mine.count(),
        "waiting": mine.filter(checked_at=None).count(),
    }
    return render(request, "resources/links/links.html", context)


def _archived_form(link: LinkCheck) -> ArchivedForm:
    return ArchivedForm(initial={"archived_url": link.archived_url}, auto_id=f"id_{link.pk}_%s")
