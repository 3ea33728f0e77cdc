from reviews.registered import calls, finding, handouts, mechanism, observed, rights  # noqa: F401
