"""Stories and newsletter issues.

Its place in the house is kept; its first table comes with its first user.
"""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    subjects = ("newsletter", "stories", "elsewhere", "images", "curation")  # lowest first
