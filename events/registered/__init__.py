from events.registered import events, proposals, registrations, rights  # noqa: F401
