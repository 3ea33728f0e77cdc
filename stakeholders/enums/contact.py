"""Who may write to a stakeholder through the portal, and what is wrong with a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactFrom(models.TextChoices):
    """Chosen by the people of an entry."""

    EVERYBODY = "everybody", _("Everybody who is signed in")
    MEMBERS_STATES = "members_states", _("Members and States")
    MEMBERS = "members", _("Members only")
    NOBODY = "nobody", _("Nobody: the entry takes no messages")


class MessageWhat(models.TextChoices):
    """Why the people of an entry report a message."""

    ADVERTISING = "advertising", _("Advertising, or sent to many without reading the entry")
    FRAUD = "fraud", _("It asks for money, passwords or papers, or pretends to be somebody else")
    THREAT = "threat", _("It threatens, blackmails or insults")
    PRYING = "prying", _("It tries to find out private things, or puts somebody in danger")
    UNFITTING = "unfitting", _("Something else in it should not be sent")


class MessageOutcome(models.TextChoices):
    """What came of such a report."""

    WARNED = "warned", _("Whoever wrote it was warned")
    KEPT_OUT = "kept_out", _("The account that wrote it was closed")
    HARMLESS = "harmless", _("The message keeps to the terms of use")
