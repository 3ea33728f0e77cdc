from events.rules import events, programme, proposals, registrations  # noqa: F401
