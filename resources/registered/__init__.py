from resources.registered import rights  # noqa: F401
