from news.rules import newsletters, stories  # noqa: F401
