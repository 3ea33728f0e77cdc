from reviews.rules import calls, mechanism  # noqa: F401
