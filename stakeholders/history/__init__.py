"""What happened to stakeholders, as sentences; a file for each subject."""

from stakeholders.history import (
    applications,
    contact,
    exports,
    members,
    merging,
    screening,
    standing,
    vetting,
)

__all__ = [
    "applications",
    "contact",
    "exports",
    "members",
    "merging",
    "screening",
    "standing",
    "vetting",
]
