from coordination.history import letters  # noqa: F401
