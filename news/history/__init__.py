from news.history import newsletters, stories  # noqa: F401
