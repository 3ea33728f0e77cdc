from coordination.registered import regional  # noqa: F401
