"""Where help for marking stands."""

from core.help_places import help_at

help_at("events#proposals", "events.marking")
