from news.registered import newsletters, rights, stories, telling  # noqa: F401
