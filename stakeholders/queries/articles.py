"""Who works on one article, for the page about it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Window

from stakeholders.queries.directory import shown_to

MOST = 8


def working_on(user: Any, article: Any) -> Mapping[str, Any]:
    """The first few by name, and how many there are. One query."""
    rows = shown_to(user).filter(articles=article).select_related("country").order_by("sort_key", "pk")
    first = list(rows.annotate(together=Window(Count("pk")))[:MOST])
    return {"stakeholders": first, "total": first[0].together if first else 0, "article": article}
