"""Cards: the pictures that a shared link shows, with the title of its page, drawn on demand.

The address of a card holds a version made of all that is on it, so that no cache shows an old title. A card
is what a visitor may see, whoever asks: a view loads its row by `visible_to(AnonymousUser())`.
"""

import json
from hashlib import sha256
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.text import Truncator
from django.utils.translation import get_language, get_language_bidi

from core.errors import TooMany
from core.limits import spend
from core.page_cache import cache
from core.pdf import draw_picture

DESIGN = 1  # raised where templates/pdf/card.typ changes
MOST_TITLE = 160  # letters
MOST_LINE = 60
# Drawing takes a processor for some hundredths of a second: so many a minute for all visitors together.
MOST_DRAWN = 60
PLACES = 500  # for cards in the cache, of about 40 KB each
STORED_SECONDS = 24 * 3600
SHARED_SECONDS = 60  # a card that was public stays this long in caches elsewhere once its page is hidden


class Card(NamedTuple):
    """What stands on a card: the kind of its object, its title, and further lines."""

    kind: str
    title: str
    lines: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        text = json.dumps([DESIGN, get_language(), *self])
        return sha256(text.encode()).hexdigest()[:16]


def card(kind: object, title: object, *lines: object) -> Card:
    """Return a card in the language in use. Long texts are cut; empty lines are left out."""
    shown = (Truncator(str(line)).chars(MOST_LINE) for line in lines if line)
    return Card(str(kind), Truncator(str(title)).chars(MOST_TITLE), tuple(shown))


def card_response(request: HttpRequest, drawn: Card, version: str) -> HttpResponse:
    """Return the card as a picture; an address of another version leads to the present one.

    The general card stands in where too many are drawn, or where no font of ours has a letter of the title.
    """
    if version != drawn.version:
        match: Any = request.resolver_match
        return _lead_to(reverse(match.view_name, kwargs={**match.kwargs, "version": drawn.version}))
    try:
        picture = _picture(drawn)
    except TooMany:
        picture = b""
    if not picture:
        return _lead_to(static("img/card.png"))
    response = HttpResponse(picture, content_type="image/png")
    patch_cache_control(response, public=True, max_age=SHARED_SECONDS)
    return response


def _picture(drawn: Card) -> bytes:
    key = f"card:{int(drawn.version, 16) % PLACES}"
    version, picture = cache.get(key) or ("", b"")
    if version != drawn.version:
        spend("cards.draw", "all", most=MOST_DRAWN, seconds=60)
        data = {**drawn._asdict(), "lines": list(drawn.lines)}
        language = {"language": get_language(), "rtl": get_language_bidi()}
        picture = draw_picture("card", data | language, points_to_inch=144) or b""
        cache.set(key, (drawn.version, picture), STORED_SECONDS)
    return picture


def _lead_to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store"})
