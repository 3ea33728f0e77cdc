from coordination.rules import networks  # noqa: F401
