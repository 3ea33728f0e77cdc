from resources.registered import files, rights  # noqa: F401
