from events.rules import events, programme, proposals  # noqa: F401
