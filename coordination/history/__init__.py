from coordination.history import regional  # noqa: F401
