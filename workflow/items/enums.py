"""How far upward something that waits was passed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """How far up an item has been passed because it waited too long."""

    # Translators: "With" the person whose turn it is, as in "with the regional focal point".
    HOLDER = 0, _("with")
    DESK = 1, _("Passed to the desk")
    HEAD = 2, _("Passed to the head of desk")
