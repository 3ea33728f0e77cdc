from reviews.registered import calls, mechanism  # noqa: F401
