"""What happened to stakeholders, as sentences; a file for each subject."""

from stakeholders.history import (
    applications,
    exports,
    imports,
    members,
    screening,
    standing,
    vetting,
)

__all__ = [
    "applications",
    "exports",
    "imports",
    "members",
    "screening",
    "standing",
    "vetting",
]
