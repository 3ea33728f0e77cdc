"""Where the help about a page stands; the first words of a step of the help, and its pictures."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.desk_cards import desk_cards
from core.help_places import HelpPlace, help_place
from portal.help.enums_pictures import FOLDER, HEIGHT, PICTURES, TAKEN_IN, WIDTH
from portal.help.queries import page_for

register = template.Library()


@register.simple_tag(takes_context=True)
def help_url(context: dict[str, Any]) -> str:
    """Return the address of the help about the current page, as far as the reader may read it."""
    request: Any = context.get("request")
    match = getattr(request, "resolver_match", None)
    place = help_place(match) if match else HelpPlace("")
    code, _hash, section = place.place.partition("#")
    if code and page_for(request.user, code) is None:
        code, _hash, section = place.others.partition("#")
    address = reverse("portal:help_page", args=[code]) if code else reverse("portal:help")
    return f"{address}#{section}" if section else address


@register.simple_tag
def link_if(may: bool, page: str, text: str, *, optional: bool = False) -> SafeString | str:
    """A link where the reader may open the page; else the words alone, or nothing where it is `optional`."""
    if not may:
        return "" if optional else text
    return format_html('<a href="{}">{}</a>', reverse(page), text)


@register.simple_tag(takes_context=True)
def desk_link(
    context: dict[str, Any], page: str, text: str, of: str = "", *, optional: bool = False
) -> SafeString | str:
    """The same of a page of the desk that is in its menu, or lies under the one of the menu that is named."""
    user = context["user"]
    cards = [card for card in desk_cards.values() if card.page == (of or page)]
    may = user.is_authenticated and any(card.is_for(user) for card in cards)
    return link_if(may, page, text, optional=optional)


@register.inclusion_tag("portal/help/picture.html")
def help_picture(name: str) -> dict[str, Any]:
    """Show a picture in the reader's language, or in English where there is none."""
    language = get_language()
    taken_in = language if language in TAKEN_IN else TAKEN_IN[0]
    return {
        "picture": PICTURES[name],
        "file": f"{FOLDER}/{name}.{taken_in}.webp",
        "width": WIDTH,
        "height": HEIGHT,
    }
