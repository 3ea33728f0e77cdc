"""What stakeholders enters in the registries of the apps below; a file for each subject."""

from stakeholders.registered import (
    applications,
    claims,
    contact,
    described,
    exports,
    family,
    following,
    imports,
    invited,
    members,
    merging,
    regional,
    rights,
    screening,
    standing,
    vetting,
)

__all__ = [
    "applications",
    "claims",
    "contact",
    "described",
    "exports",
    "family",
    "following",
    "imports",
    "invited",
    "members",
    "merging",
    "regional",
    "rights",
    "screening",
    "standing",
    "vetting",
]
