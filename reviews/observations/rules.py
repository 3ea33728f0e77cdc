"""Who may do what with observations."""

import rules

from accounts.people.rules import is_visible
from reviews.calls.rules import runs_calls

rules.add_perm("reviews.view_observation", is_visible)
rules.add_perm("reviews.keep_observations", runs_calls)
