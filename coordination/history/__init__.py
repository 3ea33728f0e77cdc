from coordination.history import letters, networks, regional  # noqa: F401
