"""The checklist, flags and reconsiderations of the vetting."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChecklistReply(models.TextChoices):
    """The answer to a question of the checklist."""

    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")


class FlagKind(models.TextChoices):
    OBSERVATION = "observation", _("Observation")
    YELLOW = "yellow", _("Yellow flag: look closely")
    RED = "red", _("Red flag: blocks an approval")


class Outcome(models.TextChoices):
    """How a reconsideration ends."""

    STANDS = "stands", _("The refusal is upheld")
    REOPENED = "reopened", _("The application is looked at again")
