"""Who may change the lists. Django's own add and change permissions come from the role grants."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role

rules.add_perm("taxonomy.merge_term", has_role(Role.CURATION, Role.ADMINISTRATOR))
