"""Who reads imports."""

import rules

from accounts.people.rules import is_visible

# --- Imports ------------------------------------------------------------------------------------------
for _model in ("import", "importrow", "importsource"):
    rules.add_perm(f"stakeholders.view_{_model}", is_visible)
