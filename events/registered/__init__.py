from events.registered import calendar, events, programme, proposals, registrations, reports, rights  # noqa: F401
