"""Who may do what with registrations."""

from typing import Any

import rules

from accounts.people.rules import is_visible
from events.events.rules import runs_events
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.rules import belongs_to


@rules.predicate
def is_theirs(user: Any, registration: Any = None) -> bool:
    return bool(
        registration is not None
        and user.is_authenticated
        and user.is_active
        and registration.user_id == user.pk
    )


@rules.predicate
def leads_the_delegation(user: Any, registration: Any = None) -> bool:
    """Return whether the user administers the stakeholder for which the person takes part."""
    return registration is not None and belongs_to(user, registration.stakeholder_id, MemberRole.ADMIN)


rules.add_perm("events.view_registration", is_visible)
rules.add_perm("events.change_registration", is_theirs)
rules.add_perm("events.accept_registration", is_theirs)
rules.add_perm("events.cancel_registration", is_theirs | leads_the_delegation)
rules.add_perm("events.approve_registration", runs_events)
rules.add_perm("events.approve_to_wait_registration", runs_events)
rules.add_perm("events.refuse_registration", runs_events)
rules.add_perm("events.run_registrations", runs_events)
