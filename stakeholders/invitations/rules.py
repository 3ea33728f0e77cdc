"""Who invites, and who accepts an invitation."""

from typing import Any

import rules

from accounts.people.rules import is_visible
from stakeholders.entries.rules import may_vet


@rules.predicate
def holds_address(user: Any, invitation: Any) -> bool:
    """Return whether the user has proved that the invited address is theirs."""
    return bool(
        invitation is not None
        and user.is_authenticated
        and user.is_active
        and user.emailaddress_set.filter(email__iexact=invitation.address, verified=True).exists()
    )


rules.add_perm("stakeholders.view_invitation", is_visible)
rules.add_perm("stakeholders.accept_invitation", holds_address)
rules.add_perm("stakeholders.invite_stakeholders", may_vet)
rules.add_perm("stakeholders.view_wave", is_visible)
rules.add_perm("stakeholders.view_deskinvitation", is_visible)
rules.add_perm("stakeholders.accept_desk_invitation", holds_address)
