from events.rules import events, programme, proposals, registrations, reports  # noqa: F401
