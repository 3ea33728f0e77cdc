from coordination.history import activities  # noqa: F401
