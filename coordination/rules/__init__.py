from coordination.rules import networks, regional  # noqa: F401
