"""Who names deputies and enters absences."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_desk

appoints = has_role(Role.HEAD, Role.ADMINISTRATOR)


@rules.predicate
def holds_term(user: Any, appointment: Any) -> bool:
    """It is the person's own, and the session may use the role."""
    return (
        appointment is not None
        and user.is_authenticated
        and appointment.user_id == user.pk
        and not appointment.is_over
        and user.has_role(Role.REGIONAL)
    )


rules.add_perm("coordination.name_deputy", appoints)
rules.add_perm("coordination.say_absent", appoints | holds_term)
rules.add_perm("coordination.read_deputies", is_desk)
