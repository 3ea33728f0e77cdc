"""Whose names are compared with a consolidated list."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListedKind(models.TextChoices):
    """What a consolidated list names."""

    INDIVIDUAL = "individual", pgettext_lazy("on a list of sanctions", "Individual")
    ENTITY = "entity", pgettext_lazy("on a list of sanctions", "Entity")


class ProposalStatus(models.TextChoices):
    """What became of a list that came."""

    WAITING = "waiting", pgettext_lazy("a list of sanctions", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("a list of sanctions", "Approved")
    DISCARDED = "discarded", pgettext_lazy("a list of sanctions", "Discarded")


class ScreenedKind(models.TextChoices):
    """Whose names are compared."""

    APPLICATION = "application", _("Application")
    STAKEHOLDER = "stakeholder", _("Stakeholder")


class ScreenedName(models.TextChoices):
    """Which of the names."""

    NAME = "name", _("Name")
    LATIN = "name_latin", _("Name in Latin script")
    APPLICANT = "applicant", _("Name of the applicant")
    OTHER = "other", _("Name in another language")
    FORMER = "former", _("Former name")
    OFFICER = "officer", _("Officer")
