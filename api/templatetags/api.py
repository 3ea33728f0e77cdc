"""`{% api_link "stakeholders" %}`: the address of what a page lists, for programs."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from api.hooks import resources

register = template.Library()


@register.inclusion_tag("api/_link.html", takes_context=True)
def api_link(context: dict[str, Any], name: str, query: str | None = None) -> dict[str, Any]:
    """With the filters that the page understood: its `query`. Nothing where there is no such resource yet."""
    if name not in resources:
        return {}
    query = context.get("query", "") if query is None else query
    return {"address": f"{settings.SITE_URL}{reverse(f'api:{name}-list')}{'?' if query else ''}{query}"}
