"""Who has a list of first steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Steps(models.TextChoices):
    ADMINISTRATOR = "administrator", _("First steps of the portal")
    MEMBER = "member", _("First steps of your organization")
    REGIONAL = "regional", _("First steps in your region")
