"""Who may be named, who writes to a regional focal point, and who answers."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_signed_in, is_visible


@rules.predicate
def answers(user: Any, enquiry: Any) -> bool:
    return (
        enquiry is not None
        and user.has_role(Role.REGIONAL)
        and type(enquiry).objects.answered_by(user).filter(pk=enquiry.pk).exists()
    )


rules.add_perm("coordination.be_named", has_role(Role.REGIONAL))
rules.add_perm("coordination.write_enquiry", is_signed_in)
rules.add_perm("coordination.view_enquiry", is_visible)
rules.add_perm("coordination.answer_enquiry", answers)
