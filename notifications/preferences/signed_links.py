"""The keys in the links of optional mail: whom they are for and what they may stop, signed, nothing more.

A key names one person (or one address without account) and one kind. It opens no account and shows no more
than that kind's name and a shortened address. The key that one-click carries does not run out, since mail is
kept for years; that of the preferences does.
"""

from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing

STOP = "notifications.stop"
PREFERENCES = "notifications.preferences"


class Key(NamedTuple):
    """`user_id` or `address`, never both, and the kind that the mail was of."""

    user_id: int | None
    address: str
    kind: str


def key_of(message: Any, *, salt: str) -> str:
    """The key for the links of one message."""
    who: int | str = message.user_id or message.address.lower()
    return signing.dumps([who, message.kind], salt=salt)


def read_key(token: str, *, salt: str) -> Key | None:
    """What a key says; None if it was altered, belongs to another kind of link, or has run out."""
    age = settings.NOTIFICATIONS_LINK_DAYS * 24 * 60 * 60 if salt == PREFERENCES else None
    try:
        who, kind = signing.loads(token, salt=salt, max_age=age)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Key(who, "", kind) if isinstance(who, int) else Key(None, who, kind)


def shorten_address(address: str) -> str:
    """An address as its owner knows it and a stranger cannot write to: "a…@example.org"."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}…@{host}"
