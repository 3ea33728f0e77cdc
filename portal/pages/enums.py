from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalStatus(models.TextChoices):
    """Whether a text binds anybody yet."""

    PLAIN = "plain", _("no legal text")
    DRAFT = "draft", _("draft, not cleared")
    CLEARED = "cleared", _("cleared")


# The pages that every portal has: their addresses are fixed, their texts belong to the desk.
SLUGS = (
    "about",
    "terms",
    "privacy",
    "accessibility",
    "cookies",
    "moderation",
    "vetting-criteria",
    "map-disclaimer",
    "contact",
)
