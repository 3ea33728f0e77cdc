"""What happened to stakeholders, as sentences; a file for each subject."""

from stakeholders.history import (
    applications,
    claims,
    exports,
    members,
    screening,
    standing,
    vetting,
)

__all__ = [
    "applications",
    "claims",
    "exports",
    "members",
    "screening",
    "standing",
    "vetting",
]
