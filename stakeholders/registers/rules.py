"""Who takes in and takes out the entries of a public register."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role

for _verb in ("import_listed", "remove_listed"):
    rules.add_perm(f"stakeholders.{_verb}", has_role(Role.VETTING, Role.CURATION, Role.HEAD))
