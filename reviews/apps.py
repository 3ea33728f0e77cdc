"""The review of the Convention: countries and their steps, calls for contributions, dialogues."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    subjects = (
        "mechanism",
        "handouts",
        "calls",
        "contributions",
        "signatures",
        "call_desk",
        "moderation",
        "dialogues",
        "dialogue_applications",
        "dialogue_desk",
        "tracker",
        "corrections",
        "observations",
        "imports",
        "recording",
        "call_pages",
        "work",
    )  # lowest first
    verbose_name = _("Review mechanism")
