from reviews.registered import calls, dialogues, finding, handouts, mechanism, rights  # noqa: F401
