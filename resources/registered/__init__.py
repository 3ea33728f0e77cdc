from resources.registered import files, reading, records, rights  # noqa: F401
