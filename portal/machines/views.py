"""Addresses that programs ask for: search engines, browsers, those who report weaknesses."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from math import ceil
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.timezone import now
from django.utils.translation import get_language_from_request, override
from django.views.decorators.cache import cache_control

from accounts.people.decorators import page_view
from coordination.networks.queries import for_sitemap as networks_for_sitemap
from coordination.period_reports.queries import reports_for_sitemap
from coordination.plans.queries import plans_for_sitemap
from events.calendar.queries import for_sitemap
from news.newsletter.queries import for_sitemap as newsletters_for_sitemap
from news.stories.queries import for_sitemap as stories_for_sitemap
from portal.articles import queries as articles_queries
from portal.machines import queries
from portal.pages import queries as pages_queries
from resources.library.queries_pages import for_sitemap as resources_for_sitemap

# A sitemap may hold 50,000 addresses and 50 MB. Each object has six addresses, and each of them names all the
# others: so many fit with the longest host name that there is, and the longest part of an address.
PER_SITEMAP = 2_000
MOST_SITEMAPS = 50_000  # that a list of them may name
XHTML = "http://www.w3.org/1999/xhtml"
PAGES = (
    "portal:home",
    "stakeholders:list",
    "stakeholders:map",
    "stakeholders:coverage",
    "stakeholders:exchange",
    "portal:statistics",
    "portal:programme",
    "portal:opportunities",
    "calls:list",
    "calls:handouts",
    "events:list",
    "dialogues:list",
    "portal:articles",
    "resources:list",
    "resources:collections",
    "news:list",
    "news:elsewhere",
    "newsletter:home",
    "networks:list",
    "regional:focal_points",
    "portal:countries",
    "portal:open_data",
    "activities:public_reports",
)
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Parts: what is public, and the field that says when it last changed (where it has one).
SECTIONS: dict[str, tuple[Callable[[], QuerySet[Any]], str]] = {
    "articles": (articles_queries.articles_for_sitemap, "updated_at"),
    "reviews": (queries.reviews_for_sitemap, "updated_at"),
    "calls": (queries.calls_for_sitemap, "updated_at"),
    "events": (for_sitemap, "updated_at"),
    "resources": (resources_for_sitemap, "updated_at"),
    "news": (stories_for_sitemap, "updated_at"),
    "dialogues": (queries.dialogues_for_sitemap, "updated_at"),
    "networks": (networks_for_sitemap, "updated_at"),
    "plans": (plans_for_sitemap, "updated_at"),
    "reports": (reports_for_sitemap, "published_at"),
    "newsletter": (newsletters_for_sitemap, "started_at"),
    "stakeholders": (queries.stakeholders_for_sitemap, "updated_at"),
}


class Entry(NamedTuple):
    path: str  # after the language
    changed: datetime | None


@page_view(public=True)
def root(request: HttpRequest) -> HttpResponse:
    """The bare address: on to the reader's language."""
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@page_view(public=True)
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("img/favicon.ico"))


@page_view(public=True)
@cache_control(public=True, max_age=86400)
def touch_icon(request: HttpRequest) -> HttpResponse:
    return redirect(static("img/apple-touch-icon.png"))


@page_view(public=True)
@cache_control(public=True, max_age=86400)
def manifest(request: HttpRequest) -> HttpResponse:
    """Return how the portal stands on a home screen: its name and icon, opened in the browser as it is."""
    icons = [
        {"src": static(f"img/icon-{edge}.png"), "sizes": f"{edge}x{edge}", "type": "image/png"}
        for edge in (192, 512)
    ]
    data = {
        "name": "WhatsOn",
        "start_url": reverse("root"),
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#0b3954",
        "icons": icons,
    }
    return JsonResponse(data, content_type="application/manifest+json")


@page_view(public=True)
def change_password(request: HttpRequest) -> HttpResponse:
    with override(get_language_from_request(request)):
        return redirect(reverse("account_change_password"))


@page_view(public=True)
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    # A month leads to the next without end; the list holds all that they tell.
    calendars = ("events/month", "events/agenda", "events/mine", "events/own")
    closed = ("accounts", "admin", "desk", "me", "search", "dev", "out", *calendars)
    lines = [
        "User-agent: *",
        *(f"Disallow: /*/{area}/" for area in closed),
        "Disallow: /files/",
        "Disallow: /oai/",
        "",
    ]
    lines += [f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@page_view(public=True)
@cache_control(public=True, max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; it may be trusted for half a year from the day it is read."""
    expires = (now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.SECURITY_EMAIL or settings.DESK_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, fr, es, ru, zh, ar",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
        f"Policy: {settings.SITE_URL}/en/contact/",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@page_view(public=True)
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps."""
    parts = [("pages", 1)]
    for name, (rows, _changed) in SECTIONS.items():
        parts += [(name, number) for number in range(1, ceil(rows().count() / PER_SITEMAP) + 1)]
    places = "".join(
        f"<sitemap><loc>{escape(settings.SITE_URL + reverse('sitemap_section', args=part))}</loc></sitemap>\n"
        for part in parts
    )
    return _xml(f'<sitemapindex xmlns="{SITEMAPS}">\n{places}</sitemapindex>\n')


@page_view(public=True)
@cache_control(public=True, max_age=3600)
def sitemap_section(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """The addresses of one part, each in every language."""
    entries: list[Entry] = []
    if section == "pages" and number == 1:
        entries = _pages()
    elif section in SECTIONS and 0 < number <= MOST_SITEMAPS:
        rows, changed = SECTIONS[section]
        entries = _entries(queries.chunk(rows(), number, PER_SITEMAP), changed)
    if not entries:
        raise Http404
    return _xml(_urlset(entries))


def _entries(rows: Iterable[Any], changed: str = "updated_at") -> list[Entry]:
    """A row may have a page for everybody beside the one where it is looked after."""
    return [
        Entry(_tail(getattr(row, "public_url", "") or row.get_absolute_url()), getattr(row, changed, None))
        for row in rows
    ]


def _pages() -> list[Entry]:
    first = [Entry(_tail(reverse(name)), None) for name in PAGES]
    return first + _entries(queries.handouts_for_sitemap()) + _entries(pages_queries.pages_for_sitemap())


def _tail(path: str) -> str:
    """An address without its language."""
    return path.lstrip("/").partition("/")[2]


def _urlset(entries: Iterable[Entry]) -> str:
    codes = [code for code, _name in settings.LANGUAGES]
    parts = []
    for entry in entries:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{_address(code, entry)}"/>'
            for code in codes
        )
        links += f'<xhtml:link rel="alternate" hreflang="x-default" href="{_address("en", entry)}"/>'
        changed = f"<lastmod>{entry.changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if entry.changed else ""
        parts += [f"<url><loc>{_address(code, entry)}</loc>{changed}{links}</url>\n" for code in codes]
    return f'<urlset xmlns="{SITEMAPS}" xmlns:xhtml="{XHTML}">\n{"".join(parts)}</urlset>\n'


def _address(code: str, entry: Entry) -> str:
    return escape(f"{settings.SITE_URL}/{code}/{entry.path}")


def _xml(body: str) -> HttpResponse:
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', content_type="application/xml; charset=utf-8"
    )
