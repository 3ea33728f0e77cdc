from events.registered import events, programme, proposals, rights  # noqa: F401
