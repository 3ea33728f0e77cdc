"""Roles and where they hold; the texts that people agree to."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


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
