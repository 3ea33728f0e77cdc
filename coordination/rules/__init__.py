from coordination.rules import letters  # noqa: F401
