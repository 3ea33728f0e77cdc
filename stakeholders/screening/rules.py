"""Who may screen."""

import rules

from stakeholders.entries.rules import may_vet

# --- Screening
rules.add_perm("stakeholders.screen", may_vet)
