"""Who exports the directory and asks for a dossier."""

from typing import Any

import rules

from accounts.people.rules import is_desk, is_visible
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.rules import may_vet


@rules.predicate
def is_its_administrator(user: Any, stakeholder: Any = None) -> bool:
    """Return whether the user administers the entry, whatever its status."""
    return bool(
        stakeholder is not None
        and user.is_authenticated
        and user.is_active
        and user.memberships.filter(stakeholder=stakeholder, role=MemberRole.ADMIN).exists()
    )


rules.add_perm("stakeholders.export_directory", is_desk)
rules.add_perm("stakeholders.view_export", is_visible)
rules.add_perm("stakeholders.ask_dossier", may_vet | is_its_administrator)
