from reviews.history import calls, mechanism  # noqa: F401
