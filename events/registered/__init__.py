from events.registered import events, proposals, rights  # noqa: F401
