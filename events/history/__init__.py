from events.history import calendar, events, proposals  # noqa: F401
