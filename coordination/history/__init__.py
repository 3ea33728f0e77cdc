from coordination.history import activities, letters, networks, regional  # noqa: F401
