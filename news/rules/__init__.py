from news.rules import stories  # noqa: F401
