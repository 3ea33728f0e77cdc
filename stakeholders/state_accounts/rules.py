"""Who keeps State accounts, and who accepts one."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_visible
from stakeholders.invitations.rules import holds_address

rules.add_perm("stakeholders.keep_state_accounts", has_role(Role.HEAD, Role.ADMINISTRATOR))
rules.add_perm("stakeholders.view_stateaccount", is_visible)
rules.add_perm("stakeholders.accept_state_account", holds_address)
