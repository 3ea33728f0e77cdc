from resources.registered import files, reading, rights  # noqa: F401
