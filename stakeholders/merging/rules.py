"""Who merges entries."""

import rules

from stakeholders.entries.rules import may_vet

rules.add_perm("stakeholders.merge_stakeholder", may_vet)
