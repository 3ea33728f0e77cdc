from news.registered import moderation, newsletters, rights, stories, telling  # noqa: F401
