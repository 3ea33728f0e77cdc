"""Counting an answer, in the shared cache alone: one step to Valkey, none to the database, no reader in it.

The numbers of five minutes stand together under one key. Where Valkey is away or loses them, they are lost,
and no page waits for them.
"""

import time
from functools import lru_cache

from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from portal.usage.enums import BROWSERS, COUNTED, ROBOTS

PERIOD = 5 * 60
HOLD_SECONDS = 3 * 24 * 60 * 60  # seconds for which Valkey holds what nobody has written yet
AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")  # a browser says that nobody looks yet


def count(request: HttpRequest, response: HttpResponseBase) -> None:
    if (usage_key := counted_as(request, response)) and (count_in := getattr(cache, "count_in", None)):
        count_in(key_of(int(time.time()) // PERIOD), usage_key, HOLD_SECONDS)


def key_of(period: int) -> str:
    return f"usage:{period}"


def counted_as(request: HttpRequest, response: HttpResponseBase) -> str:
    """Return "kind:number:use" for a person's use of something; an empty text for all else."""
    match = request.resolver_match
    page_use = COUNTED.get(match.view_name) if match else None
    if (
        match is None
        or page_use is None
        or request.method != "GET"
        or response.status_code not in page_use.statuses
    ):
        return ""
    headers = request.headers
    if (
        (page_use.only and match.kwargs.get("kind") != page_use.only)
        or "HX-Request" in headers
        or any("prefetch" in headers.get(name, "") or "prerender" in headers.get(name, "") for name in AHEAD)
        or is_robot(headers.get("User-Agent", ""))
    ):
        return ""
    return f"{page_use.kind}:{match.kwargs['pk']}:{page_use.use.value}"


@lru_cache(4096)
def is_robot(browser: str) -> bool:
    return not browser.startswith(BROWSERS) or ROBOTS.search(browser) is not None
