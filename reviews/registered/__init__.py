from reviews.registered import calls, finding, mechanism, rights  # noqa: F401
