from events.registered import (  # noqa: F401
    calendar,
    events,
    programme,
    proposals,
    registrations,
    reports,
    rights,
    trust,
)
