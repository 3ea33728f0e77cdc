"""Broken links for the desk, each with the records in which it stands."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from resources.links.models import LinkCheck
from resources.records.models import Resource


def broken_links(user: Any) -> Any:
    return LinkCheck.objects.visible_to(user).broken().order_by("broken_since", "pk")


def with_records(links: Iterable[LinkCheck], user: Any) -> list[LinkCheck]:
    """The links with `records`: where they stand, as far as the person sees it. Two statements."""
    rows = list(links)
    urls = {row.url for row in rows}
    found: dict[str, list[Resource]] = {}
    standing = (
        Resource.objects.visible_to(user)
        .filter(Q(editions__link__in=urls) | Q(source_url__in=urls))
        .distinct()
        .prefetch_related("editions")
        .order_by("pk")
    )
    for resource in standing:
        for url in {resource.source_url, *(edition.link for edition in resource.editions.all())} & urls:
            found.setdefault(url, []).append(resource)
    for row in rows:
        row.records = found.get(row.url, [])  # type: ignore[attr-defined]
    return rows
