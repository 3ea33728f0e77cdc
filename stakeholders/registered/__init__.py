"""What stakeholders enters in the registries of the apps below; a file for each subject."""

from stakeholders.registered import (
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
