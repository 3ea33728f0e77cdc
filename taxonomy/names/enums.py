"""The languages of the United Nations, and how far a translation is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# The order of the United Nations' own language bar.
UN_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


class TranslationStatus(models.TextChoices):
    """How far the names in languages other than English can be relied on."""

    OFFICIAL = "official", _("As the source publishes them")
    HUMAN = "human", _("Reviewed by an editor")
    DRAFT = "draft", _("Draft, not reviewed")


class Confidence(models.TextChoices):
    """How sure a row of content/ is. What is less sure than these is not loaded."""

    HIGH = "high", _("Stated on the page that was read")
    MEDIUM = "medium", _("Stated in part on the page that was read, or old")
