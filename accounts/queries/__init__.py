"""What pages and acts about people read."""

from accounts.queries.people import (
    LEGAL_CACHE_KEY,
    administrators,
    current_versions,
    missing_consents,
    zone_of,
)
from accounts.queries.tokens import token_user

__all__ = [
    "LEGAL_CACHE_KEY",
    "administrators",
    "current_versions",
    "missing_consents",
    "token_user",
    "zone_of",
]
