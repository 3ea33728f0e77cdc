from reviews.history import calls  # noqa: F401
