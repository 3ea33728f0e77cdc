from coordination.rules import activities  # noqa: F401
