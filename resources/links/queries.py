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
    """Address → what is known of it, of all that failed twice. For readers; one query."""
    return {link.url: link for link in LinkCheck.objects.broken()}


def with_places(links: Iterable[LinkCheck], user: Any) -> list[LinkCheck]:
    """The links with `places`: (title, page at the desk) of where they stand, as far as the person sees it.

    Three statements, and one for each app that has links watched.
    """
    rows = list(links)
    urls = {row.url for row in rows}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    standing = (
        Resource.objects.visible_to(user)
        .filter(Q(editions__link__in=urls) | Q(source_url__in=urls))
        .distinct()
        .prefetch_related("editions")
        .order_by("pk")
    )
    for resource in standing:
        for url in {resource.source_url, *(edition.link for edition in resource.editions.all())} & urls:
            found[url].append((str(resource), reverse("resourcedesk:record", args=[resource.pk])))
    symbols = Resource.objects.visible_to(user).exclude(symbol="").values_list("symbol", "pk", "title")
    for symbol, pk, title in symbols.order_by("pk"):
        for url in official_addresses([symbol]) & urls:
            found[url].append((title, reverse("resourcedesk:record", args=[pk])))
    for watched in watched_links.values():
        for url, title, page in watched.places(user, urls):
            found[url].append((title, page))
    for row in rows:
        row.places = found[row.url]  # type: ignore[attr-defined]
    return rows
