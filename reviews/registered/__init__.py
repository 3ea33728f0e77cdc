from reviews.registered import calldesk, calls, mechanism, rights  # noqa: F401
