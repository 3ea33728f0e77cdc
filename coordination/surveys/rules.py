"""Who runs surveys."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role

RUN_BY = (Role.EVENTS, Role.HEAD)

rules.add_perm("coordination.run_surveys", has_role(*RUN_BY))
