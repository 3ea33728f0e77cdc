from news.rules import newsletters  # noqa: F401
