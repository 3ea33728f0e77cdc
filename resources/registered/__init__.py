from resources.registered import records, rights  # noqa: F401
