"""Who confirms, suspends and withdraws an entry."""

import rules

from stakeholders.entries.enums import MemberRole
from stakeholders.entries.rules import acts_as, looks_after, may_vet

rules.add_perm("stakeholders.confirm_stakeholder", looks_after)
rules.add_perm("stakeholders.return_stakeholder", looks_after)
rules.add_perm("stakeholders.withdraw_stakeholder", acts_as(MemberRole.ADMIN) | may_vet)
rules.add_perm("stakeholders.suspend_stakeholder", may_vet)
rules.add_perm("stakeholders.lift_stakeholder", may_vet)
rules.add_perm("stakeholders.vet_stakeholder", may_vet)
