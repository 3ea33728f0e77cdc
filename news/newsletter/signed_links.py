"""The keys in the links of the newsletter: signed, each for one thing.

That of confirming and that of choosing name a subscriber and the row's nonce, and run out. That of leaving
names the address and the issue that carried it; it never runs out, since mail is kept for years, and opens
nothing else.
"""

from typing import NamedTuple

from django.conf import settings
from django.core import signing

CONFIRM, CHOOSE, LEAVE = "news.confirm", "news.choose", "news.leave"
A_DAY = 24 * 60 * 60


class Leaving(NamedTuple):
    address: str
    issue_id: int | None


def key_for(subscriber_id: int, nonce: str, *, salt: str) -> str:
    return signing.dumps([subscriber_id, nonce], salt=salt)


def read_key(token: str, *, salt: str) -> tuple[int, str] | None:
    """The subscriber (id) and the nonce; None if it was altered or has run out."""
    days = settings.NEWS_CONFIRM_DAYS if salt == CONFIRM else settings.NOTIFICATIONS_LINK_DAYS
    try:
        subscriber_id, nonce = signing.loads(token, salt=salt, max_age=days * A_DAY)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(subscriber_id), str(nonce)


def leaving_key(address: str, issue_id: int | None) -> str:
    return signing.dumps([address.lower(), issue_id], salt=LEAVE)


def read_leaving_key(token: str) -> Leaving | None:
    try:
        address, issue_id = signing.loads(token, salt=LEAVE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Leaving(address, issue_id)
