from coordination.registered import letters  # noqa: F401
