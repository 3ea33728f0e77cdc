from events.registered import (  # noqa: F401
    calendar,
    events,
    moderation,
    programme,
    proposals,
    registrations,
    reports,
    rights,
)
