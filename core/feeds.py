"""Atom feeds (RFC 4287): the one place that writes them."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.text import printable


class AtomFeed(Atom1Feed):
    """A feed in the language in use. Its author is that of every entry that names none of its own."""

    def __init__(self, *, title: str, link: str, own: str) -> None:
        """`link` is the page and `own` the feed itself, both whole addresses."""
        super().__init__(
            title=printable(title),
            link=link,
            feed_url=own,
            description="",
            language=get_language() or "en",
            author_name=_("United Nations Office on Drugs and Crime"),
        )

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        printable_item = {
            name: printable(value) if isinstance(value, str) else value for name, value in item.items()
        }
        printable_item["categories"] = [printable(category) for category in item["categories"]]
        super().add_item_elements(handler, printable_item)
