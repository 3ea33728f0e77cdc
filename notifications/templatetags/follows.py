from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from notifications.follows.enums import Level
from notifications.follows.queries import followed_among, in_order

register = template.Library()


@register.simple_tag
def follow_url(*terms: str, **more: str) -> str:
    """{% follow_url "country:KEN" "topic:tip" %}: the page that says what following them together brings."""
    query = [
        *(("term", term) for term in in_order(terms)),
        *((key, text) for key, text in more.items() if text),
    ]
    return f"{_adding(get_language(), get_script_prefix())}?{urlencode(query)}"


@cache
def _adding(_language: str | None, _prefix: str) -> str:
    """A table of countries has a link for each."""
    return reverse("follows:add")


@register.simple_tag
def follow_all_url(terms: Iterable[str], *, more: bool = False) -> str:
    """As `follow_url`, of a list of terms; `more` says that there is more than can be followed."""
    return follow_url(*terms, more="1" if more else "")


@register.simple_tag
def follow_link(target: str, code: Any, label: str) -> SafeString:
    """{% follow_link "country" "KEN" "Kenya" %}: a small link to the page that follows it."""
    return format_html(
        '<a class="follow-link" href="{}">{}<span class="visually-hidden">: {}</span></a>',
        follow_url(f"{target}:{code}"),
        pgettext("button", "Follow"),
        label,
    )


@register.inclusion_tag("notifications/follows/_follow.html", takes_context=True)
def follow_button(context: Context, target: str, code: Any, label: str) -> dict[str, Any]:
    """A button that follows one thing, or what the person hears of it already.

    `label` names it for who cannot see what the button stands beside. One query for who is signed in; a
    visitor gets a link that asks to sign in, so that the page can be kept.
    """
    request: Any = context.get("request")
    user = getattr(request, "user", None)
    is_visitor = user is None or not user.is_authenticated
    terms = in_order([f"{target}:{code}"])
    return {
        "terms": terms,
        "follow": None if is_visitor else followed_among(user, [terms]).get(terms),
        "levels": Level.choices,
        "label": label,
        "is_visitor": is_visitor,
        "next": request.get_full_path() if request else "",
        "csrf_token": context.get("csrf_token"),
    }
