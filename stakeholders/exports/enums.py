"""Exports of the directory and dossiers: how far one is, and what can be wrong."""

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
    NOT_ALLOWED = "not_allowed", _("The person who asked no longer works at the desk.")
    BROKEN = "broken", _("Something went wrong on our side. The error was logged; please try again.")
    TOO_LONG = "too_long", _("A workbook has no room for so many rows. Please export them as CSV.")
    GIVEN_UP = "given_up", _("It was started several times and never completed. Please ask for fewer rows.")


class DossierFault(models.TextChoices):
    NOT_ALLOWED = "not_allowed", _("The person who asked no longer manages the stakeholder.")
    BROKEN = "broken", _("Something went wrong on our side. The error was logged; please ask again.")
    GIVEN_UP = "given_up", _("It was begun several times and never completed. Please tell the WhatsOn team.")
