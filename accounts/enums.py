from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a person may be trusted with, beyond being a member of a stakeholder."""

    VETTING = "vetting", _("Desk: vetting")
    CURATION = "curation", _("Desk: curation")
    EVENTS = "events", _("Desk: events")
    REVIEWS = "reviews", _("Desk: reviews")
    HEAD = "head", _("Head of desk")
    ADMINISTRATOR = "administrator", _("Administrator")
    REGIONAL = "regional", _("Regional focal point")
    STATE = "state", _("State user")

    DESK = nonmember(("vetting", "curation", "events", "reviews", "head", "administrator"))
    # Who must show a second factor before any back-office page opens.
    GUARDED = nonmember(("vetting", "curation", "events", "reviews", "head", "administrator", "regional"))


class Scope(models.TextChoices):
    GLOBAL = "global", _("Everywhere")
    REGION = "region", _("One region (M49 code)")
    COUNTRY = "country", _("One country (ISO3 code)")


class Legal(models.TextChoices):
    """The texts that a person agrees to, version by version."""

    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy notice")


class End(models.TextChoices):
    """What becomes of a row when the person it points to leaves."""

    ERASED = "erased", _("Erased")
    KEPT = "kept", _("Kept without a name")


class ExportStatus(models.TextChoices):
    """Where a copy of a person's data stands."""

    ASKED = "asked", pgettext_lazy("status of a copy of one's data", "Waiting")
    MAKING = "making", pgettext_lazy("status of a copy of one's data", "Under way")
    READY = "ready", pgettext_lazy("status of a copy of one's data", "Ready")
    FAILED = "failed", pgettext_lazy("status of a copy of one's data", "Failed")

    UNDER_WAY = nonmember(("asked", "making"))


class ExportFault(models.TextChoices):
    BROKEN = "broken", _("Something went wrong on our side. The error was logged; please ask again.")
    GIVEN_UP = "given_up", _("It was begun several times and never ended. Please choose fewer parts.")


class TokenScope(models.TextChoices):
    """What a program may read with an access token; never more than its owner may."""

    DIRECTORY = "directory", _("Read the directory of stakeholders")
    REVIEWS = "reviews", _("Read country reviews")
    EVENTS = "events", _("Read events and their programmes")
    RESOURCES = "resources", _("Read the library and the news")
    OWN = "own", _("Read what is your own: memberships, follows, notices")
