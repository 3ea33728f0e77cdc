from events.rules import events, proposals, registrations  # noqa: F401
