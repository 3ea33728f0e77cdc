from news.history import newsletters  # noqa: F401
