from coordination.history import networks  # noqa: F401
