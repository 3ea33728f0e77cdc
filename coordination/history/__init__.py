from coordination.history import networks, regional  # noqa: F401
