from events.registered import calendar, events, proposals, rights  # noqa: F401
