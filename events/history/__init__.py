from events.history import calendar, events, proposals, registrations  # noqa: F401
