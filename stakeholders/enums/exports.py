"""Exports of the directory, and reports about entries."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExportFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"


class ExportStatus(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("status of an export", "Waiting")
    MAKING = "making", pgettext_lazy("status of an export", "Under way")
    READY = "ready", pgettext_lazy("status of an export", "Ready")
    FAILED = "failed", pgettext_lazy("status of an export", "Failed")

    UNDER_WAY = nonmember(("waiting", "making"))


class ExportFault(models.TextChoices):
    NOT_ALLOWED = "not_allowed", _("The person who asked no longer belongs to the desk.")
    BROKEN = "broken", _("Something went wrong on our side. The error was logged; please try again.")
    TOO_LONG = "too_long", _("A workbook has no room for so many rows. Please export them as CSV.")
    GIVEN_UP = "given_up", _("It was begun several times and never ended. Please ask for fewer rows.")


class DossierFault(models.TextChoices):
    NOT_ALLOWED = "not_allowed", _("The person who asked no longer looks after the stakeholder.")
    BROKEN = "broken", _("Something went wrong on our side. The error was logged; please ask again.")
    GIVEN_UP = "given_up", _("It was begun several times and never ended. Please tell the desk.")


class ReportWhat(models.TextChoices):
    """What somebody finds wrong with an entry."""

    WRONG = "wrong", _("Something in it is not true, or no longer")
    NOT_REAL = "not_real", _("The organization or person does not exist")
    IMPOSTOR = "impostor", _("Somebody speaks for an organization that is not theirs")
    ABUSIVE = "abusive", _("It insults, threatens or incites hatred")
    PRIVATE = "private", _("It shows something private, or puts somebody in danger")
    DUPLICATE = "duplicate", _("The same organization or person is there twice")
    OTHER = "other", _("Something else")


class ReportOutcome(models.TextChoices):
    CORRECTED = "corrected", _("The entry was corrected")
    REMOVED = "removed", _("The entry was taken out of the directory")
    UNDER_WATCH = "under_watch", _("The organization was asked to correct or explain it")
    UNFOUNDED = "unfounded", _("The entry is right as it stands")
    NOT_CHECKED = "not_checked", _("It could not be checked with what was said")
    ABUSE = "abuse", _("The report itself is abusive or advertising")
