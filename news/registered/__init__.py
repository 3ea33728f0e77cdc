from news.registered import rights, stories, telling  # noqa: F401
