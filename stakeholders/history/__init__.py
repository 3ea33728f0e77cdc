"""What happened to stakeholders, as sentences; a file for each subject."""

from stakeholders.history import (
    applications,
    claims,
    contact,
    described,
    exchange,
    exports,
    family,
    imports,
    invited,
    members,
    merging,
    regional,
    screening,
    sources,
    standing,
    vetting,
)

__all__ = [
    "applications",
    "claims",
    "contact",
    "described",
    "exchange",
    "exports",
    "family",
    "imports",
    "invited",
    "members",
    "merging",
    "regional",
    "screening",
    "sources",
    "standing",
    "vetting",
]
