"""How resources are told on pages. None of these asks the database."""

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.text import plain

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
    """As "UNTOC 5"."""
    return code.replace("-", " ")
