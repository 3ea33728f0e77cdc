"""What is stored of a secret that leads in: links, tokens, addresses of calendars."""

import hashlib

from django.conf import settings
from django.utils.crypto import salted_hmac


def digest_of(secret: str) -> str:
    """The database opens no door. A secret's 32 random bytes need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed_digests(salt: str, text: str) -> list[str]:
    """Return digests that only this portal can make: with its key of now first, then with each of before."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [salted_hmac(salt, text, secret=key, algorithm="sha256").hexdigest() for key in keys]
