from coordination.registered import activities  # noqa: F401
