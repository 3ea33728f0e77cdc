"""Why an appointment ends."""

from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class EndReason(models.TextChoices):
    """Why an appointment ended."""

    TERM = "term", pgettext_lazy("end of an appointment", "The term is over")
    RESIGNED = "resigned", pgettext_lazy("end of an appointment", "Resigned")
    REPLACED = "replaced", pgettext_lazy("end of an appointment", "Replaced by another person")
    INACTIVE = "inactive", pgettext_lazy("end of an appointment", "No longer active in the region")
    OTHER = "other", pgettext_lazy("end of an appointment", "Another reason, given in the note")

    # "term" is the clock's.
    BY_DESK = nonmember(("resigned", "replaced", "inactive", "other"))
