from reviews.history import calls, dialogues, mechanism  # noqa: F401
