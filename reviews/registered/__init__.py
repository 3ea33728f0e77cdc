from reviews.registered import (  # noqa: F401
    calldesk,
    calls,
    dialogues,
    finding,
    handouts,
    mechanism,
    observed,
    rights,
    trust,
)
