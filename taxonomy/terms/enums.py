"""Kinds of topics."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TopicKind(models.TextChoices):
    CRIME = "crime", _("Crime type")
    SUBJECT = "subject", _("Cross-cutting subject")
