from events.history import events, proposals  # noqa: F401
