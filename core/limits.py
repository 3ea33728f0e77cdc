"""How often somebody may do something, counted in the shared cache so that it holds across workers."""

import time

from django.core.cache import cache
from django.utils.translation import gettext as _

from core.errors import TooMany


def spend(what: str, who: str, *, most: int, seconds: int) -> None:
    """Count one use of `what` by `who`; past `most` uses in a window of `seconds`, raise TooMany."""
    window, passed = divmod(int(time.time()), seconds)
    key = f"limit:{what}:{who}:{window}"
    cache.add(key, 0, timeout=seconds + 5)
    if cache.incr(key) > most:
        wait = seconds - passed
        raise TooMany(
            _("That was too often. Please wait a while and try again."),
            retry_after=wait,
        )
