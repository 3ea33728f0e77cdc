from coordination.registered import networks  # noqa: F401
