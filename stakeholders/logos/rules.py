"""Who may do what with a logo: its people change it as the profile, the desk hides it."""

import rules

from accounts.people.rules import is_visible
from stakeholders.entries.rules import may_vet

rules.add_perm("stakeholders.view_logo", is_visible)
for _move in ("suspend", "restore", "remove"):
    rules.add_perm(f"stakeholders.{_move}_logo", may_vet)
