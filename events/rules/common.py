"""What the rules of events share."""

from accounts.enums import Role
from accounts.rules import has_role

runs_events = has_role(Role.EVENTS, Role.HEAD)
