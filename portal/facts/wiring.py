"""The facts in the index and among the addresses that are checked."""

from django.utils.translation import gettext_lazy as _

from portal.facts.queries import FACTS, addresses, documents, numbers, places
from resources.hooks import WatchedLinks, watched_links
from search.hooks import register

register(FACTS, documents, label=_("About"), numbers=numbers)
watched_links.register("facts", WatchedLinks(addresses, places))
