"""Who sees how often what was used."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role

rules.add_perm("portal.view_usage", has_role(*Role.DESK, Role.ADMINISTRATOR))
