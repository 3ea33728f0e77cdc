"""What this app's pages and acts read."""

from notifications.queries.inbox import Line, demo_codes, groups_of, lines

__all__ = ["Line", "demo_codes", "groups_of", "lines"]
