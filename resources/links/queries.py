"""Broken links: for the desk, each with the records, or other things, in which it stands, and for readers."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse

from resources.hooks import watched_links
from resources.links.models import LinkCheck
from resources.records.identifiers import official_addresses
from resources.records.models import Resource


def broken_links(user: Any) -> Any:
    return LinkCheck.objects.visible_to(user).broken().order_by("broken_since", "pk")


def broken_addresses() -> dict[str, LinkCheck]:
    """Return address → what is known of it, for readers, of all that failed twice."""
    return {link.url: link for link in LinkCheck.objects.broken()}


def with_places(links: Iterable[LinkCheck], user: Any) -> list[LinkCheck]:
    """Return the links with `places`: (title, page at the desk) of all that the person sees."""
    rows = list(links)
    urls = {row.url for row in rows}
    places_by_url: dict[str, list[tuple[str, str]]] = defaultdict(list)
    standing = (
        Resource.objects.visible_to(user)
        .filter(Q(editions__link__in=urls) | Q(source_url__in=urls))
        .distinct()
        .prefetch_related("editions")
        .order_by("pk")
    )
    for resource in standing:
        for url in {resource.source_url, *(edition.link for edition in resource.editions.all())} & urls:
            places_by_url[url].append((str(resource), reverse("resourcedesk:record", args=[resource.pk])))
    symbols = Resource.objects.visible_to(user).exclude(symbol="").values_list("symbol", "pk", "title")
    for symbol, pk, title in symbols.order_by("pk"):
        for url in official_addresses([symbol]) & urls:
            places_by_url[url].append((title, reverse("resourcedesk:record", args=[pk])))
    for watched in watched_links.values():
        for url, title, page in watched.places(user, urls):
            places_by_url[url].append((title, page))
    for row in rows:
        row.places = places_by_url[row.url]  # type: ignore[attr-defined]
    return rows
