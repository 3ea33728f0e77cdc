from news.registered import newsletters  # noqa: F401
