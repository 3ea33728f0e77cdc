from events.history import calendar, events, programme, proposals, registrations, reports  # noqa: F401
