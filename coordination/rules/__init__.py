from coordination.rules import activities, letters, networks, regional  # noqa: F401
