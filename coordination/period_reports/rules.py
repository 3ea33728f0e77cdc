"""Who writes reports for a period, and who publishes them."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_desk, is_visible
from coordination.activities.rules import covers, writes_it

heads = has_role(Role.HEAD)

rules.add_perm("coordination.write_reports", covers | is_desk)
rules.add_perm("coordination.view_periodreport", is_visible)
rules.add_perm("coordination.change_periodreport", (is_desk | covers) & is_visible & writes_it)
rules.add_perm("coordination.publish_periodreport", heads)
rules.add_perm("coordination.withdraw_periodreport", heads)
