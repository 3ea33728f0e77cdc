"""Who may write to a stakeholder through the portal, and what is wrong with a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactFrom(models.TextChoices):
    """Chosen by the people of an entry."""

    EVERYBODY = "everybody", _("Everybody who is signed in")
    MEMBERS_STATES = "members_states", _("Members and States")
    MEMBERS = "members", _("Members only")
    NOBODY = "nobody", _("Nobody: the entry takes no messages")


class ContactObstacle(models.TextChoices):
    """Why a reader cannot write to an entry through the portal, as a sentence to them."""

    SIGN_IN = "sign_in", _("Sign in to write to this stakeholder.")
    OWN = "own", _("This is your own profile.")
    UNCLAIMED = (
        "unclaimed",
        _(
            "This profile was added from a public source. Its owner does not use the portal yet, so the "
            "portal cannot pass on messages."
        ),
    )
    UNATTENDED = (
        "unattended",
        _("This profile has no administrator at present, so the portal cannot pass on messages."),
    )
    CLOSED = "closed", _("This stakeholder does not accept messages through the portal.")
    MEMBERS_STATES = "members_states", _("Only members and State accounts can write to this stakeholder.")
    MEMBERS = "members", _("Only members can write to this stakeholder.")
    UNCONFIRMED = "unconfirmed", _("Confirm your e-mail address first. Then you can write to stakeholders.")
    OUT_OF_STANDING = (
        "out_of_standing",
        _("Your own profile is suspended or withdrawn, so you cannot write to other stakeholders."),
    )


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
