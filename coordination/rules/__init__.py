from coordination.rules import regional  # noqa: F401
