"""Who may do what with the programme of an event."""

import rules

from accounts.people.rules import is_visible
from events.events.rules import runs_events
from events.proposals.rules import leads_it

rules.add_perm("events.plan_programme", is_visible & runs_events)
rules.add_perm("events.release_programme", is_visible & runs_events)
rules.add_perm("events.add_link_proposal", leads_it | runs_events)
