"""News elsewhere: the list, its feed, one link; and the desk's pages of them."""

from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.feeds import AtomFeed
from core.partial_dates import whole
from news.elsewhere import actions, queries
from news.elsewhere.filters import LinkFilter
from news.elsewhere.forms import LinkForm
from news.elsewhere.models import NewsLink

PER_PAGE, PER_DESK_PAGE = 20, 50
FACETS = ("topic", "language")


@page_view(public=True)
def link_list(request: HttpRequest) -> HttpResponse:
    filters = _link_filter(request)
    user: Any = request.user
    context = {
        "filters": filters,
        "facets": [filters.facet(name, queries.facet_counts(filters.without(name), name)) for name in FACETS],
        "query": urlencode(filters.question),
        "chips": filters.chips(),
        "not_understood": filters.not_understood,
        "page": Paginator(queries.with_lines(filters.qs), PER_PAGE).get_page(request.GET.get("page")),
        "at_desk": user.has_perm("news.curate_stories"),
    }
    return render(request, "news/elsewhere/list.html", context)


@page_view(public=True)
def feed(request: HttpRequest) -> HttpResponse:
    """Return what was added last, in any language; each entry leads to the page of its publisher."""
    filters = _link_filter(request)
    labels = ", ".join(filters.label_of(name, code) for name, code in filters.question)
    query = f"?{urlencode(filters.question)}" if filters.question else ""
    atom = AtomFeed(
        title=_("News elsewhere: %(asked)s") % {"asked": labels} if labels else _("WhatsOn: news elsewhere"),
        link=settings.SITE_URL + reverse("news:elsewhere") + query,
        own=settings.SITE_URL + request.get_full_path(),
    )
    for link in queries.for_feed(filters.qs):
        atom.add_item(
            title=link.title,
            link=link.url,
            description=link.summary,
            unique_id=f"{settings.SITE_URL}/news/elsewhere/{link.pk}",
            author_name=link.publisher,
            categories=[topic.name for topic in link.topics.all()],
            pubdate=_noon(link),
            updateddate=link.added_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _noon(link: NewsLink) -> datetime | None:
    """Return noon of the day of publication, where it is known to the day."""
    day = whole(link.published_on)
    return datetime.combine(day, time(12), UTC) if day else None


def _link_filter(request: HttpRequest) -> LinkFilter:
    user = request.user
    rows = NewsLink.objects.visible_to(user).shown()
    return LinkFilter(
        request.GET,
        rows,
        countries=queries.countries(user),
        publishers=queries.publishers(user),
        years=queries.years(user),
        request=request,
    )


@page_view(public=True)
def link_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what we know of one page elsewhere, which itself is read there."""
    link = _link_or_404(request, pk)
    user: Any = request.user
    context = {
        "link": link,
        "topics": list(link.topics.in_order()),
        "countries": list(link.countries.in_order()),
        "at_desk": user.has_perm("news.curate_stories"),
    }
    return render(request, "news/elsewhere/link.html", context)


def _link_or_404(request: HttpRequest, pk: int) -> NewsLink:
    return get_object_or_404(NewsLink.objects.visible_to(request.user).select_related("language"), pk=pk)


# --- The desk ---------------------------------------------------------------------------------------------
@page_view(permission="news.curate_stories")
def desk_list(request: SignedIn) -> HttpResponse:
    numbers = queries.desk_counts(request.user)
    state = request.GET.get("state", "")
    state = state if state in queries.STATES else "shown"
    labels = {
        "shown": _("Shown"),
        "waiting": pgettext("for a decision", "Waiting"),
        "hidden": _("Hidden"),
        "gone": _("No longer in the file"),
    }
    rows = queries.in_state(request.user, state)
    context = {
        "state": state,
        "states": [(name, labels[name], numbers[name]) for name in queries.STATES],
        "page": Paginator(rows, PER_DESK_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "news/elsewhere/desk.html", context)


@form_view(permission="news.curate_stories", fresh=True)
def new(request: SignedIn) -> HttpResponse:
    return _edit(request, NewsLink(language_id="en"))


@form_view(permission="news.curate_stories", fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    return _edit(request, _link_or_404(request, pk))


def _edit(request: SignedIn, link: NewsLink) -> HttpResponse:
    form = LinkForm(request.POST if request.method == "POST" else None, instance=link)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        actions.save_link(form.instance, chosen["topics"], chosen["countries"], actor=request.user)
        messages.success(request, _("The link is saved."))
        return redirect("newsdesk:elsewhere")
    context = {"form": form, "link": link, "lines": timeline(link, request.user) if link.pk else []}
    return render(request, "news/elsewhere/edit.html", context)


@act_view(permission="news.curate_stories")
def hide(request: SignedIn, pk: int) -> HttpResponse:
    actions.hide_link(_link_or_404(request, pk), actor=request.user)
    messages.success(request, _("Readers no longer see the link."))
    return redirect("newsdesk:elsewhere_link", pk)


@act_view(permission="news.curate_stories")
def show(request: SignedIn, pk: int) -> HttpResponse:
    actions.show_link(_link_or_404(request, pk), actor=request.user)
    messages.success(request, _("Readers see the link again."))
    return redirect("newsdesk:elsewhere_link", pk)
