from events.history import events, programme, proposals  # noqa: F401
