"""Country reviews with their steps and documents. Calls, contributions and dialogues come on top of them."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Review mechanism")

    def ready(self) -> None:
        import_module("reviews.receivers")
