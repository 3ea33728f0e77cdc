"""What stakeholders enters in the registries of the apps below; a file for each subject."""

from stakeholders.registered import (
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
