"""What the library lets others register.

watched_links.register("news", WatchedLinks(…))   addresses of others, checked with those of the records
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from core.hooks import Registry


class WatchedLinks(NamedTuple):
    """`addresses()` are those that readers are led to; `places(user, addresses)` tells where each of these
    stands: (address, title, page at the desk).
    """

    addresses: Callable[[], set[str]]
    places: Callable[[Any, set[str]], Iterable[tuple[str, str, str]]]


watched_links: Registry[WatchedLinks] = Registry("resources.hooks.watched_links")
