"""Who may write to a stakeholder through the portal, and what is wrong with a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    INACTIVE = (
        "inactive",
        _("This profile is not active at present, so the portal cannot pass on messages."),
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
