"""Who may see who has which role. Giving, confirming and ending are permissions of `accounts`."""

import rules

from accounts.people.rules import is_administrator

# Not "view_": curators have what Django calls its own permissions for the models of this app.
rules.add_perm("portal.read_roles", is_administrator)
