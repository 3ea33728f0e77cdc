from coordination.registered import letters, networks, regional  # noqa: F401
