"""What this app's pages and acts read."""

from notifications.queries.inbox import Line, demo_codes, groups_of, lines, visible_among

__all__ = ["Line", "demo_codes", "groups_of", "lines", "visible_among"]
