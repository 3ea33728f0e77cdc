"""Who may do what with events."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_visible
from stakeholders.entries.rules import acts_for, belongs_to

runs_events = has_role(Role.EVENTS, Role.HEAD)


@rules.predicate
def organizes_it(user: Any, event: Any = None) -> bool:
    """Return whether the person is an administrator or editor of the stakeholder that organizes it."""
    return event is not None and acts_for(user, event.organizer_id)


@rules.predicate
def takes_it_back(user: Any, event: Any = None) -> bool:
    return event is not None and belongs_to(user, event.organizer_id)


@rules.predicate
def is_of_the_house(user: Any, event: Any = None) -> bool:
    """Return whether no stakeholder organizes it, so that the desk keeps it."""
    return event is not None and event.organizer_id is None


@rules.predicate
def is_sent(user: Any, event: Any = None) -> bool:
    return event is not None and not event.is_draft


rules.add_perm("events.view_event", is_visible)
rules.add_perm("events.add_event", runs_events)
rules.add_perm("events.run_events", runs_events)
rules.add_perm("events.change_event", organizes_it | (runs_events & (is_of_the_house | is_sent)))
rules.add_perm("events.publish_event", runs_events & (is_of_the_house | is_sent))
rules.add_perm("events.submit_event", organizes_it)
rules.add_perm("events.withdraw_event", takes_it_back)
rules.add_perm("events.return_event", runs_events & ~is_of_the_house)
rules.add_perm("events.refuse_event", runs_events)
rules.add_perm("events.suspend_event", runs_events)
rules.add_perm("events.restore_event", runs_events)
rules.add_perm("events.remove_event", runs_events)
rules.add_perm("events.cancel_event", takes_it_back | runs_events)
