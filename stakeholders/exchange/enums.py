"""What a stakeholder offers to others, or needs from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(models.TextChoices):
    OFFER = "offer", pgettext_lazy("what a stakeholder says to others", "Offer")
    NEED = "need", pgettext_lazy("what a stakeholder says to others", "Need")


class OfferAudience(models.TextChoices):
    """Who reads an offer or a need; never more people than may find the entry."""

    MEMBERS = "members", _("Members of this portal only: also hidden from States")
    MEMBERS_STATES = "members_states", _("Members of this portal and States")
    PUBLIC = "public", _("Everybody")
