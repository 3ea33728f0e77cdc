"""Who reads imports."""

import rules

from accounts.people.rules import is_visible

# --- Imports ------------------------------------------------------------------------------------------
rules.add_perm("stakeholders.view_import", is_visible)
rules.add_perm("stakeholders.view_importrow", is_visible)
rules.add_perm("stakeholders.view_importsource", is_visible)
