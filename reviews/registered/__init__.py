from reviews.registered import calldesk, calls, finding, handouts, mechanism, observed, rights  # noqa: F401
