"""What happened to stakeholders, as sentences; a file for each subject."""

from stakeholders.history import (
    applications,
    exports,
    invited,
    members,
    regional,
    screening,
    standing,
    vetting,
)

__all__ = [
    "applications",
    "exports",
    "invited",
    "members",
    "regional",
    "screening",
    "standing",
    "vetting",
]
