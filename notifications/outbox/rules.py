"""Who may see and do what with mail."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_administrator, is_head

# Who wrote to whom about what is nobody's business but the administrators', who must find a lost mail. The
# head of desk sees how mail fares, with addresses shortened.
sees_mail = has_role(Role.ADMINISTRATOR, Role.HEAD)
reads_addresses = is_administrator

rules.add_perm("notifications", is_administrator)
rules.add_perm("notifications.view_message", is_administrator)
rules.add_perm("notifications.see_mail", sees_mail)
rules.add_perm("notifications.read_incoming", sees_mail)
rules.add_perm("notifications.read_addresses", reads_addresses)
rules.add_perm("notifications.resend_message", is_administrator)
rules.add_perm("notifications.hold_address", is_administrator)

# What leaves and which jobs run: no addresses and no texts, so the head of desk sees it as well.
rules.add_perm("notifications.steer_sending", is_head | is_administrator)
rules.add_perm("notifications.view_jobs", is_head | is_administrator)
