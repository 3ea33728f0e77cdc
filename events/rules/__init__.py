from events.rules import events, proposals  # noqa: F401
