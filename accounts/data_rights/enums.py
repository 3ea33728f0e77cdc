"""How far a copy of somebody's data is."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExportStatus(models.TextChoices):
    """Where a copy of a person's data stands."""

    ASKED = "asked", pgettext_lazy("status of a copy of one's data", "Waiting")
    MAKING = "making", pgettext_lazy("status of a copy of one's data", "Under way")
    READY = "ready", pgettext_lazy("status of a copy of one's data", "Ready")
    FAILED = "failed", pgettext_lazy("status of a copy of one's data", "Failed")

    UNDER_WAY = nonmember(("asked", "making"))


class ExportFault(models.TextChoices):
    BROKEN = "broken", _("Something went wrong on our side. The error was logged; please ask again.")
    GIVEN_UP = "given_up", _("It was started several times and never completed. Please choose fewer parts.")
