"""How resources are told on pages. None of these asks the database, but for broken links, once a page."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.text import plain
from resources.links.queries import broken_addresses
from resources.records.identifiers import official_address
from taxonomy.names.sorting import content_language

register = template.Library()
register.filter("as_plain", plain)

FIELDS: dict[str, str | Promise] = {
    "topics": _("Topics and crime types"),
    "instruments": _("Instruments"),
    "articles": _("Articles"),
    "clusters": _("Clusters of articles"),
    "countries": _("Countries and areas"),
    "regions": _("Regions"),
}


@register.simple_tag
def field_label(name: str) -> str | Promise:
    return FIELDS[name]


@register.simple_tag
def article_url(code: str) -> str:
    instrument, _dash, number = code.rpartition("-")
    return reverse("portal:article", args=[instrument, int(number)])


@register.simple_tag
def article_short(code: str) -> str:
    """Return an article as "UNTOC 5"."""
    return code.replace("-", " ")


@register.simple_tag
def symbol_link(symbol: str) -> SafeString:
    """Return a document symbol as a link to the document in the reader's language, where there is a rule."""
    text = format_html('<bdi dir="ltr">{}</bdi>', symbol)
    address = official_address(symbol, content_language())
    return format_html('<a href="{}" rel="noopener">{}</a>', address, text) if address else text


@register.inclusion_tag("resources/links/_broken.html", takes_context=True)
def broken_link(context: Any, url: str) -> dict[str, Any]:
    """Return the check of an address that failed twice, for the note to readers, else None.

    It is None too where a page is read for the index.
    """
    request = context.get("request")
    if request is None:
        return {"link": None}
    if not hasattr(request, "broken_addresses"):
        request.broken_addresses = broken_addresses()
    return {"link": request.broken_addresses.get(url)}
