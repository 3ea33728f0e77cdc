"""Who takes in, checks and takes out what public sources name."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_visible

rules.add_perm("stakeholders.import_listed", has_role(Role.VETTING, Role.CURATION, Role.HEAD))
rules.add_perm("stakeholders.remove_listed", has_role(Role.VETTING, Role.CURATION, Role.HEAD))
rules.add_perm("stakeholders.view_candidate", is_visible)
rules.add_perm("stakeholders.view_ecosocname", is_visible)
