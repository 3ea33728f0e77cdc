from events.registered import calendar, events, programme, proposals, registrations, rights  # noqa: F401
