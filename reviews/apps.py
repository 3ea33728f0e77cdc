"""Country reviews with their steps and documents, calls, contributions, constructive dialogues.

Its place in the house is kept; its first table comes with its first user.
"""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"
