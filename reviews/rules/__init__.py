from reviews.rules import calls  # noqa: F401
