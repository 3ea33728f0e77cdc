"""The front page, the statistics, and a person's own page."""

from typing import Any, cast

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name, now
from django.utils.translation import get_language

from accounts.people.decorators import page_view
from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.requests import SignedIn
from core.page_cache import cached_page, kept_parts, kept_value
from core.text import in_script
from notifications.hooks import kinds
from notifications.inbox.queries import lines, unread_of_kinds
from portal.home import queries
from portal.home.front import read_front, read_newest
from portal.opportunities.queries import Opportunity, fetch
from taxonomy.places.map_marks import HEIGHT, WIDTH
from taxonomy.places.models import CountryPageChange

FEW_NOTICES = 5
PER_PAGE = 15
HOME = "portal/home/home.html"


@page_view(public=True)
def home(request: HttpRequest) -> HttpResponse:
    """Show the front page.

    A visitor gets the whole page from the cache. A person who is signed in gets those parts from the cache
    that are the same for everybody; the newest entries are read for each reader.
    """
    version = CountryPageChange.objects.version

    def make() -> HttpResponse:
        context: dict[str, Any] = {
            "newest": read_newest(request.user),
            "has_search": True,
            "linked_data": _linked_data(),
        }
        if request.user.is_authenticated:
            parts = ("hero", "map", "public", "roles", "news")
            zone = get_current_timezone_name()  # of the account; the parts are cached for each time zone
            context["parts"] = kept_parts(request, version, HOME, parts, lambda: _front(zone))
            return render(request, HOME, context)
        return render(request, HOME, context | _front())

    return cached_page(request, version, make)


def _linked_data() -> SafeString:
    """Return JSON-LD of the portal, with the address at which it is searched."""
    site = f"{settings.SITE_URL}{reverse('portal:home')}"
    search = f"{settings.SITE_URL}{reverse('portal:search')}?q={{search_term_string}}"
    return in_script(
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": "WhatsOn",
            "url": site,
            "inLanguage": get_language(),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": search},
                "query-input": "required name=search_term_string",
            },
        }
    )


def _front(readers_zone: str = "") -> dict[str, Any]:
    """Return the context of the parts that are the same for everybody; `width`, `height`: of the map."""
    context = {"front": read_front(), "width": WIDTH, "height": HEIGHT}
    return context | {"readers_zone": readers_zone} if readers_zone else context


@page_view(public=True)
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the numbers of the directory, the same for everybody, with the day they were counted."""
    version = queries.directory_version()

    def make() -> HttpResponse:
        numbers = queries.numbers(version)
        context = {"numbers": numbers, "tables": queries.tables(numbers)}
        return render(request, "portal/home/statistics.html", context)

    return cached_page(request, f"statistics:{version}", make)


@page_view()
def me(request: SignedIn) -> HttpResponse:
    """Show a person's tasks, submissions and open opportunities, and new notices of what they follow."""
    user = cast(User, request.user)
    work = queries.work_of(user)
    followed = [name for name, kind in kinds.items() if kind.readers is not None]
    notices = unread_of_kinds(user, followed, FEW_NOTICES)
    # A person of the desk or of a State does not take part as a stakeholder.
    takes_part = not (user.is_desk or user.has_role(Role.STATE))
    query, opportunities = queries.open_to(user, _open_now(request)) if takes_part else (None, [])
    context = {
        "own_states": queries.own_states(user, lambda: _open_now(request)),
        "tasks": work.tasks,
        "sent": Paginator(work.submissions, PER_PAGE).get_page(request.GET.get("page")),
        "panels": work.panels,
        "query": query,
        "open": queries.reasons_for(query, opportunities[: queries.FEW_OPEN]) if query else [],
        "number_open": len(opportunities),
        "notices": lines(notices, user) if notices else [],
        "now": now(),
    }
    return render(request, "portal/home/me.html", context)


def _open_now(request: HttpRequest) -> list[Opportunity]:
    """Return the opportunities that have opened, from the cache until any of them changes."""
    return kept_value(request, CountryPageChange.objects.version, "open", lambda: fetch(is_open=True))
