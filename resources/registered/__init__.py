from resources.registered import files, moderation, reading, records, rights  # noqa: F401
