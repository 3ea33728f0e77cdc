"""Who may say whom the desk trusts."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role
from stakeholders.entries.rules import may_vet

rules.add_perm("stakeholders.keep_domains", may_vet)
rules.add_perm("stakeholders.trust_sources", has_role(Role.CURATION, Role.HEAD))
