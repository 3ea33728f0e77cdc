"""What happened to stakeholders, as sentences; a file for each subject."""

from stakeholders.history import (
    applications,
    claims,
    exchange,
    exports,
    family,
    invited,
    members,
    regional,
    screening,
    standing,
    vetting,
)

__all__ = [
    "applications",
    "claims",
    "exchange",
    "exports",
    "family",
    "invited",
    "members",
    "regional",
    "screening",
    "standing",
    "vetting",
]
