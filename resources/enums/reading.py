"""What readers keep for themselves, and collections."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CollectionStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("status of a collection", "Draft")
    PUBLISHED = "published", pgettext_lazy("status of a collection", "Published")


class Alerts(models.TextChoices):
    """How often a saved search tells what is new in it."""

    OFF = "off", _("Never")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
