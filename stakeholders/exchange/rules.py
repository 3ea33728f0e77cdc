"""Who may do what with offers and needs."""

import rules

from accounts.people.rules import is_visible

rules.add_perm("stakeholders.view_offer", is_visible)
