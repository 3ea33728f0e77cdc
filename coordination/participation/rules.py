"""Who counts participation. Its figures are the team's until a report of them is published."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role

COUNTED_BY = (Role.EVENTS, Role.REVIEWS, Role.HEAD)

rules.add_perm("coordination.count_participation", has_role(*COUNTED_BY))
