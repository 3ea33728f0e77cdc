from reviews.registered import (  # noqa: F401
    calldesk,
    calls,
    dialogues,
    finding,
    handouts,
    mechanism,
    moderation,
    observed,
    rights,
)
