from events.history import calendar, events, programme, proposals, registrations  # noqa: F401
