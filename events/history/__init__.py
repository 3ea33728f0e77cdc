from events.history import events, proposals, registrations  # noqa: F401
