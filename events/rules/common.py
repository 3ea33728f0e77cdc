"""What the rules of events share."""

from accounts.people.enums import Role
from accounts.people.rules import has_role

runs_events = has_role(Role.EVENTS, Role.HEAD)
