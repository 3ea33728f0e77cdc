"""What stakeholders enters in the registries of the apps below; a file for each subject."""

from stakeholders.registered import (
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
