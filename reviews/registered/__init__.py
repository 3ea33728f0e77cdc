from reviews.registered import calls, mechanism, observed, rights  # noqa: F401
