from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may read one kind of sentence."""

    PUBLIC = "public", _("Everybody")
    SUBJECT = "subject", _("The people concerned, and the desk")
    DESK = "desk", _("Desk only")
