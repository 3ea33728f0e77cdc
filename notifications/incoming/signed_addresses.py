"""Addresses of our own that name the mail they belong to, signed: to one it returns, to one it is answered.

`portal+b-123-5f…@example.org` is the sender that mail servers see, where they return what they cannot deliver
(VERP); `portal+r-…` is where an answer goes. The signature is short enough for a local part of 64 letters, in
small letters and digits, which every server passes on as they are. Who has one has had that mail.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import constant_time_compare

from core.digests import keyed_digests

RETURN, REPLY = "b", "r"
_SIGNS = 20  # hexadecimal: 80 bits
MOST_READ = 20_000  # characters of headers in which addresses are looked for


class Signed(NamedTuple):
    purpose: str
    message_id: int


def signed_address(purpose: str, pk: int) -> str:
    """Empty where no mailbox is set."""
    name, _at, host = settings.MAILBOX_ADDRESS.rpartition("@")
    return f"{name}+{purpose}-{pk}-{_signatures(purpose, pk)[0]}@{host}" if name else ""


def signed_in(text: str) -> list[Signed]:
    """Return the signed addresses of the portal that are in a text, each once."""
    if not settings.MAILBOX_ADDRESS:
        return []
    addresses = {}
    for purpose, number, signature in _pattern(settings.MAILBOX_ADDRESS).findall(text[:MOST_READ]):
        signed = Signed(purpose.lower(), int(number))
        if any(constant_time_compare(signature.lower(), good) for good in _signatures(*signed)):
            addresses[signed] = True
    return list(addresses)


@lru_cache(4)
def _pattern(address: str) -> re.Pattern[str]:
    name, _at, host = address.rpartition("@")
    marks = rf"([{RETURN}{REPLY}])-([1-9][0-9]{{0,17}})-([0-9a-f]{{{_SIGNS}}})"
    return re.compile(rf"\b{re.escape(name)}\+{marks}@{re.escape(host)}\b", re.IGNORECASE)


def _signatures(purpose: str, pk: int) -> list[str]:
    return [digest[:_SIGNS] for digest in keyed_digests("notifications.incoming", f"{purpose}:{pk}")]
