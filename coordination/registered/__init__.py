from coordination.registered import activities, letters, moderation, networks, regional  # noqa: F401
