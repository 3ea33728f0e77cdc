from reviews.rules import calls, dialogues, mechanism  # noqa: F401
