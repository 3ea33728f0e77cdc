from coordination.registered import networks, regional  # noqa: F401
