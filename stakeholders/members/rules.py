"""Who leads the members of an entry."""

import rules

from stakeholders.entries.rules import belongs, has_members, leads

rules.add_perm("stakeholders.manage_members", has_members & leads)
rules.add_perm("stakeholders.leave_stakeholder", has_members & belongs)
