"""How much of what is followed a person wants to hear."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.happenings.enums import Weight


class Level(models.TextChoices):
    """How much of what is followed a person wants to hear."""

    ALL = "all", _("Everything")
    STEPS = "steps", _("Main steps and deadlines")
    DEADLINES = "deadlines", _("Deadlines only")
    MUTED = "muted", _("Nothing, even if another follow covers it")


LETS_THROUGH = {
    Weight.STEP: [Level.ALL.value, Level.STEPS.value],
    Weight.DEADLINE: [Level.ALL.value, Level.STEPS.value, Level.DEADLINES.value],
    Weight.NEWS: [Level.ALL.value],
}
