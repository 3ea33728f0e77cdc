from coordination.rules import letters, networks, regional  # noqa: F401
