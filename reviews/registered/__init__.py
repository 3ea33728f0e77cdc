from reviews.registered import calls, finding, handouts, mechanism, rights  # noqa: F401
