"""Who takes in and takes out the entries of a public register."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role

rules.add_perm("stakeholders.import_listed", has_role(Role.VETTING, Role.CURATION, Role.HEAD))
rules.add_perm("stakeholders.remove_listed", has_role(Role.VETTING, Role.CURATION, Role.HEAD))
