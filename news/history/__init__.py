from news.history import stories  # noqa: F401
