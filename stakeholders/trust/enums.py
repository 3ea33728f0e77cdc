"""How far those are trusted who send something for publication."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trust(models.IntegerChoices):
    """How far a person, a stakeholder or a mail domain is trusted; the lowest of the three counts."""

    BLOCKED = 0, _("On hold until the WhatsOn team has read it")
    READ_FIRST = 1, _("Read before publication")
    TRUSTED = 2, _("Published at once, read afterwards")

    BY_DESK = nonmember((0, 2))  # what the desk writes down; everybody else is read first
