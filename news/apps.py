"""Stories, links to news elsewhere, and newsletter issues."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    subjects = ("newsletter", "stories", "elsewhere", "images", "curation")  # lowest first
