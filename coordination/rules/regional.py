"""Who may do what about the terms of regional focal points, and who is written to through the portal."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_desk, is_signed_in, is_visible

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


@rules.predicate
def answers(user: Any, enquiry: Any) -> bool:
    return (
        enquiry is not None
        and user.has_role(Role.REGIONAL)
        and type(enquiry).objects.answered_by(user).filter(pk=enquiry.pk).exists()
    )


rules.add_perm("coordination.name_deputy", appoints)
rules.add_perm("coordination.say_absent", appoints | holds_term)
rules.add_perm("coordination.hand_over", appoints)
rules.add_perm("coordination.view_handover", is_visible)
rules.add_perm("coordination.read_deputies", is_desk)
rules.add_perm("coordination.keep_notes", holds_term)
rules.add_perm("coordination.be_named", has_role(Role.REGIONAL))
rules.add_perm("coordination.write_enquiry", is_signed_in)
rules.add_perm("coordination.view_enquiry", is_visible)
rules.add_perm("coordination.answer_enquiry", answers)
