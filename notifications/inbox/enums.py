"""How often a digest leaves."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Rhythm(models.TextChoices):
    """How often a digest leaves; the values are those of the channels that feed it."""

    DAILY = "daily", pgettext_lazy("digest", "Daily")
    WEEKLY = "weekly", pgettext_lazy("digest", "Weekly")
