from resources.registered import files, records, rights  # noqa: F401
