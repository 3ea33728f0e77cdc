"""What is known of an organization before it is listed, and what became of it."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CandidateStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting for a check")
    LISTED = "listed", pgettext_lazy("a candidate", "Listed")
    LEFT_OUT = "left_out", pgettext_lazy("a candidate", "Left out")


class CountryBasis(models.TextChoices):
    """What says in which country an organization is."""

    SOURCE = "source", _("The source gives it")
    ROR = "ror", _("The Research Organization Registry gives it")
    NAME = "name", _("It is in the name")
    PROJECT = "project", _("The country of a funded project")
    BACKGROUND = "background", _("General knowledge, without a source")
    UNKNOWN = "unknown", pgettext_lazy("country", "Not known")

    # On which an entry may be listed without a person.
    SOURCED = nonmember(("source", "ror", "name"))


class CandidateConfidence(models.TextChoices):
    """How far the page that was read says it."""

    HIGH = "high", pgettext_lazy("confidence", "High")
    MEDIUM = "medium", pgettext_lazy("confidence", "Medium")
    LOW = "low", pgettext_lazy("confidence", "Low")

    SURE = nonmember(("high", "medium"))


class LeaveOutReason(models.TextChoices):
    UNPROVED = "unproved", _("Its country or seat cannot be found in a source")
    INACTIVE = "inactive", _("It no longer works, or nothing shows that it does")
    HARM = "harm", _("A listing may put people at risk")
    NO_STAKEHOLDER = "no_stakeholder", _("It is not a stakeholder of the Convention")
    DUPLICATE = "duplicate", _("It is in the directory already")
    OTHER = "other", _("Another reason, given in the note")


class EcosocOutcome(models.TextChoices):
    """What the Committee on Non-Governmental Organizations last decided about a name."""

    GRANTED = "granted", _("consultative status granted")
    DEFERRED = "deferred", _("application deferred")
    RENAMED = "renamed", _("change of name noted")
