"""What happened to stakeholders, as sentences; a file for each subject."""

from stakeholders.history import (
    applications,
    described,
    exports,
    members,
    screening,
    standing,
    vetting,
)

__all__ = [
    "applications",
    "described",
    "exports",
    "members",
    "screening",
    "standing",
    "vetting",
]
