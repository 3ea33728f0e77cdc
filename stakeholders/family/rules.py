"""Who may link a branch and its parent."""

import rules

from accounts.people.rules import is_visible
from stakeholders.entries.rules import has_members, leads, may_vet

rules.add_perm("stakeholders.link_stakeholder", has_members & leads)
rules.add_perm("stakeholders.set_family", may_vet)
rules.add_perm("stakeholders.view_familylink", is_visible)
