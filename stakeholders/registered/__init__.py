"""What stakeholders enters in the registries of the apps below; a file for each subject."""

from stakeholders.registered import (
    applications,
    claims,
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
    "exports",
    "family",
    "invited",
    "members",
    "regional",
    "screening",
    "standing",
    "vetting",
]
