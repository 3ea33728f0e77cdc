from events.registered import calendar, events, proposals, registrations, rights  # noqa: F401
