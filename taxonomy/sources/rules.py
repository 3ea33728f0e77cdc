"""Who reads of the sources; who sets an address is said by each source."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role

rules.add_perm("taxonomy.view_sources", has_role(*Role.DESK))
