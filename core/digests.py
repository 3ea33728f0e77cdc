"""What is stored of a secret that leads in: links, tokens, addresses of calendars."""

import hashlib


def digest_of(secret: str) -> str:
    """The database opens no door. A secret's 32 random bytes need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
