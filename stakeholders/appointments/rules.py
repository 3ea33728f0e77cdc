"""Who appoints regional focal points, and who reads of it."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_desk, is_visible

rules.add_perm("stakeholders.appoint", has_role(Role.HEAD, Role.ADMINISTRATOR))
rules.add_perm("stakeholders.read_appointments", is_desk)
rules.add_perm("stakeholders.view_appointment", is_visible)
rules.add_perm("stakeholders.change_appointment", has_role(Role.HEAD, Role.ADMINISTRATOR))
