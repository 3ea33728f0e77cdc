from coordination.registered import activities, letters, networks, regional  # noqa: F401
