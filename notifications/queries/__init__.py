"""What this app's pages and acts read."""

from notifications.queries.inbox import Line, demo_codes, lines

__all__ = ["Line", "demo_codes", "lines"]
