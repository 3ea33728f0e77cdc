from reviews.registered import calls, mechanism, rights  # noqa: F401
