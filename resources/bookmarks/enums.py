"""How often a saved search tells what is new."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Alerts(models.TextChoices):
    """How often a saved search tells what is new in it."""

    OFF = "off", _("Never")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
