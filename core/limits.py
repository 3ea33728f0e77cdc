"""How often somebody may do something, counted in the shared cache so that it holds across workers.

While that is away or full, each process counts by itself (`core.caching`).
"""

import ipaddress
import time
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.errors import TooMany


class Left(NamedTuple):
    """What may still be used of a limit, and after how many seconds it begins anew."""

    most: int
    remaining: int
    seconds: int


def spend(act: str, who: str, *, most: int, seconds: int) -> Left:
    """Count one use of `act` by `who`; past `most` uses in a window of `seconds`, raise TooMany."""
    window, passed = divmod(int(time.time()), seconds)
    key = f"limit:{act}:{who}:{window}"
    try:
        uses = 1 if cache.add(key, 1, timeout=seconds + 5) else cache.incr(key)
    except ValueError:  # the counter is gone: then the act is worth more than the limit
        uses = 1
    if uses > most:
        wait = seconds - passed
        raise TooMany(_("Too many attempts. Please wait a while and try again."), retry_after=wait)
    return Left(most, most - uses, seconds - passed)


def visitor_of(request: HttpRequest) -> str:
    """Whom a limit for visitors counts: an IPv4 address, or the /64 within which one may choose."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address), 64), strict=False))
