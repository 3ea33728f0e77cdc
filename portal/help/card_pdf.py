"""The card of a role: one page to print, made of the sections of the help that its people need most."""

import json
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from lxml import html

from core.pdf import typeset
from portal.help.enums import CARDS
from portal.help.queries import text_of

KEPT_SECONDS = 24 * 3600
FIRST_LINK = "(self::ol/li[1] | self::p)//a/@href"
DETAILS = "self::li/p | self::li/ul | self::p/a[not(following-sibling::text()[normalize-space()])]"


class CardPart(NamedTuple):
    """A section of the help: its question, its steps or else its text, where to begin, its address."""

    title: str
    steps: list[str]
    text: str
    begin: str
    address: str


def card_pdf(role: str) -> bytes:
    """Return the card as PDF in the language in use, cached for as long as it says the same."""
    data = card_data(role)
    key = f"help-card:{settings.RELEASE}:{sha256(json.dumps(data).encode()).hexdigest()}"
    pdf: Any = cache.get_or_set(key, lambda: typeset("role_card", data), KEPT_SECONDS)
    return bytes(pdf)


def card_data(role: str) -> dict[str, Any]:
    card = CARDS[role]
    return {
        "language": get_language() or "en",
        "rtl": get_language_bidi(),
        "name": _("WhatsOn"),
        "title": str(card.title),
        "lead": str(card.lead),
        "parts": [part_of(place)._asdict() for place in card.places],
        "footer": _("All help pages"),
        "footer_address": f"{settings.SITE_URL}{reverse('portal:help')}",
    }


def part_of(place: str) -> CardPart:
    """Read the section as a visitor gets it: the card says the same to all."""
    code, _hash, section = place.partition("#")
    page = html.fragment_fromstring(text_of(code, AnonymousUser()), create_parent="div")
    (heading,) = page.xpath("h2[@id=$section]", section=section)
    steps: list[str] = []
    text = begin = ""
    address = f"{reverse('portal:help_page', args=[code])}#{section}"
    for element in heading.itersiblings():
        if element.tag == "h2":
            break
        begin = begin or "".join(element.xpath(FIRST_LINK)[:1])
        if element.tag == "ol" and not steps:
            steps = [_words(step) for step in element.findall("li")]
        elif element.tag == "p" and not text:
            text = _words(element)
    return CardPart(
        title=_words(heading),
        steps=steps,
        text="" if steps else text,
        begin=f"{settings.SITE_URL}{begin}" if begin else "",
        address=f"{settings.SITE_URL}{address}",
    )


def _words(element: Any) -> str:
    """The text of an element, without what explains a step, and without the links after a paragraph."""
    for detail in element.xpath(DETAILS):
        detail.drop_tree()
    return " ".join(element.text_content().split())
